import { expect, test } from "vitest";
import { ACCOUNT_CALLS } from "../support/account-calls.ts";
import { APP_CALLS } from "../support/app-calls.ts";
import { AUTOMATION_CALLS } from "../support/automation-calls.ts";
import { BOOKING_CALLS } from "../support/booking-calls.ts";
import { CAPTURE_CALLS } from "../support/capture-calls.ts";
import { CONNECTOR_CALLS, type FunctionCall } from "../support/connector-calls.ts";
import { CONTACT_CALLS } from "../support/contact-calls.ts";
import { CRM_CALLS } from "../support/crm-calls.ts";
import { DRAFT_CALLS } from "../support/draft-calls.ts";
import { ENRICHMENT_CALLS } from "../support/enrichment-calls.ts";
import { FILE_CALLS } from "../support/file-calls.ts";
import { DEAL_CALLS } from "../support/deal-calls.ts";
import { INGEST_CALLS } from "../support/ingest-calls.ts";
import { KEY_CALLS } from "../support/key-calls.ts";
import { LEAD_CALLS } from "../support/lead-calls.ts";
import { LEDGER_CALLS } from "../support/ledger-calls.ts";
import { INBOX_CALLS } from "../support/inbox-calls.ts";
import { MAIL_CALLS } from "../support/mail-calls.ts";
import { MEETING_CALLS } from "../support/meeting-calls.ts";
import { emptyAndFull } from "../support/neighbours.ts";
import { SERVICE_CALLS } from "../support/service-calls.ts";
import { SAMPLE_LEASE } from "../support/tenant-samples.ts";
import { UNIQUE_LEAD_CALLS } from "../support/unique-lead-calls.ts";
import { VOICE_CALLS } from "../support/voice-calls.ts";
import { WEBHOOK_CALLS } from "../support/webhook-calls.ts";
import { asOwner } from "../support/workspace.ts";

const search = (name: string, answer: object[] = []): [string, FunctionCall] => [
  `search_${name}`,
  { text: `select count(id)::int from app.search_${name}('%', '{%}') id`, answer },
];

/** The functions that take part in a workspace's work, each with what would reach a neighbour. */
const CALLS: Record<string, FunctionCall> = {
  ...ACCOUNT_CALLS,
  ...APP_CALLS,
  ...AUTOMATION_CALLS,
  ...BOOKING_CALLS,
  ...CAPTURE_CALLS,
  ...DRAFT_CALLS,
  ...ENRICHMENT_CALLS,
  ...FILE_CALLS,
  ...CONNECTOR_CALLS,
  ...CONTACT_CALLS,
  ...CRM_CALLS,
  ...DEAL_CALLS,
  ...INBOX_CALLS,
  ...INGEST_CALLS,
  ...KEY_CALLS,
  ...LEAD_CALLS,
  ...LEDGER_CALLS,
  ...MAIL_CALLS,
  ...MEETING_CALLS,
  ...SERVICE_CALLS,
  ...UNIQUE_LEAD_CALLS,
  ...VOICE_CALLS,
  ...WEBHOOK_CALLS,
  ...Object.fromEntries([
    ...["activities", "companies", "connectors", "contacts", "deals", "invoices", "leads", "tasks"]
      .concat("users", "company_names", "contact_names", "contacts_and_companies")
      .concat("contact_addresses")
      .map((name) => search(name, [{ count: 0 }])),
    search("pipelines", [{ count: 1 }]),
  ]),
  daily_quota_left: {
    text: "select * from app.daily_quota_left(true)",
    answer: [{ contacts: 10_000, activities: 50_000 }],
  },
  quota_is_ample: { text: "select app.quota_is_ample(1) as ample", answer: [{ ample: true }] },
  take_daily_quota: { text: "select app.take_daily_quota(3, 4) as done", answer: [{ done: "" }] },
  use_daily_quota: { text: "select app.use_daily_quota(3, 4) as done", answer: [{ done: "" }] },
  next_invoice_number: {
    text: "select app.next_invoice_number(2026) as number",
    answer: [{ number: "INV-2026-001" }],
  },
  require_stage: {
    // As for a pipeline that does not exist: its stages are not told.
    text: "select app.require_stage(($1::jsonb ->> 'pipeline')::uuid, 'Nowhere') as done",
    given: (ids) => ({ pipeline: ids["crm.pipelines"] }),
    answer: [{ done: "" }],
  },
  linked_ids: {
    text: "select app.linked_ids($1)",
    // The workspace has no company, whatever the number.
    given: () => [
      {
        field: "company_id",
        column: "company_id",
        record: "company",
        table: "companies",
        number: 1,
      },
    ],
    answer: "LB015",
  },
  claim_idempotency_key: {
    text: "select app.claim_idempotency_key('key-1', '\\x01') as done",
    answer: [{ done: "" }],
  },
  enqueue_job: {
    text: "select app.enqueue_job('a.kind', p_workspace => ($1::jsonb ->> 'workspace')::uuid)",
    given: (ids) => ({ workspace: ids["crm.workspaces"] }),
    answer: "42501",
  },
  finish_job: {
    text: `select app.finish_job(($1::jsonb ->> 'job')::uuid, '${SAMPLE_LEASE}')`,
    given: (ids) => ({ job: ids["crm.jobs"] }),
    answer: "LB030",
  },
  fail_job: {
    text: `select app.fail_job(($1::jsonb ->> 'job')::uuid, '${SAMPLE_LEASE}', 'no')`,
    given: (ids) => ({ job: ids["crm.jobs"] }),
    answer: "LB030",
  },
  retry_job: {
    text: `select app.retry_job(($1::jsonb ->> 'job')::uuid) as retried`,
    given: (ids) => ({ job: ids["crm.jobs"] }),
    answer: [{ retried: false }],
  },
  read_feed: {
    text: "select count(event)::int from app.read_feed('0', 0, null, 10, 10, 1000)",
    answer: [{ count: 0 }],
  },
  told_record: {
    text: `select app.told_record('{"a": 1, "b": 2}', '{a}', '{}')::text as told`,
    answer: [{ told: expect.any(String) }],
  },
  offer_password: {
    text: "select app.offer_password(($1::jsonb ->> 'user')::uuid, 'hash') as done",
    given: (ids) => ({ user: ids["crm.users"] }),
    answer: [{ done: false }],
  },
  utc_today: {
    text: "select app.utc_today() = (now() at time zone 'UTC')::date as today",
    answer: [{ today: true }],
  },
};
/** Of people, who are of no workspace. */
const SIGN_IN = ["begin_sign_in", "change_password", "end_session", "entities_of"]
  .concat("fail_sign_in", "find_refresh_token", "find_session")
  .concat("rotate_refresh_token", "start_session")
  .concat("find_user_session", "is_known_email", "start_user_session")
  .concat("find_sign_in_link", "use_sign_in_link");
/** These act before there is a workspace, or know of none. */
const WITHOUT_CLAIMS = [
  ...SIGN_IN,
  "admit_request",
  "claimed_actor",
  "company_key",
  "count_request",
  "find_api_key",
  "find_bookable_user",
  "find_connector_token",
  "find_form_link",
  "find_form_token",
  "folded",
  "linkedin_key",
  "log_requests",
  "phone_digits",
  "phone_key",
  "random_link",
  "role_number",
  "run_schedule",
  "sees_all",
  "take_jobs",
  "searched",
  "uuid_v7",
  "workspace_id",
];

test("every function the API's role may call is tried", async () => {
  const functions = await asOwner<{ name: string }>(`
    select proname as name from pg_proc
    where pronamespace in ('app'::regnamespace, 'crm'::regnamespace)
      and has_function_privilege('lumenbase_api', oid, 'execute') order by 1`);
  expect(functions.map(({ name }) => name)).toEqual(
    [...Object.keys(CALLS), ...WITHOUT_CLAIMS].sort(),
  );
});

test.each(Object.keys(CALLS))("%s works as if the workspace were alone", async (name) => {
  const { mine, foreign, call, unchanged } = await emptyAndFull();
  const { text, given, answer, settled } = CALLS[name]!;
  await settled?.(mine.id);
  const values = given === undefined ? [] : [JSON.stringify(given(foreign))];
  expect(await call(text, ...values)).toEqual(answer);
  await unchanged();
});
