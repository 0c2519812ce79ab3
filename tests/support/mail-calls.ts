import type { FunctionCall } from "./connector-calls.ts";
import { SAMPLE_LEASE } from "./tenant-samples.ts";

/** The functions of mail, each with what would reach a neighbour. */
export const MAIL_CALLS: Record<string, FunctionCall> = {
  count_mail: {
    text: "select app.count_mail(($1::jsonb ->> 'integration')::uuid) as day",
    given: (ids) => ({ integration: ids["crm.integrations"] }),
    answer: [{ day: null }],
  },
  uncount_mail: {
    text: "select app.uncount_mail(($1::jsonb ->> 'integration')::uuid, '2026-03-28') as done",
    given: (ids) => ({ integration: ids["crm.integrations"] }),
    answer: [{ done: null }],
  },
  store_message: {
    text: "select id from app.store_message($1)",
    given: (ids) => ({ integration_id: ids["crm.integrations"], to_emails: ["ada@acme.com"] }),
    answer: "LB060",
  },
  store_outbound_email: {
    text: "select id from app.store_outbound_email($1)",
    given: (ids) => ({
      deal_id: ids["crm.deals"],
      integration_id: ids["crm.integrations"],
      channel: "smtp",
      to_emails: ["ada@acme.com"],
    }),
    answer: "LB062",
  },
  note_open: {
    text: "select app.note_open(($1::jsonb ->> 'message')::uuid, 3, 8) as done",
    given: (ids) => ({ message: ids["crm.messages"] }),
    answer: [{ done: "" }],
  },
  note_click: {
    text: "select app.note_click(($1::jsonb ->> 'message')::uuid, 1, 6) as address",
    given: (ids) => ({ message: ids["crm.messages"] }),
    answer: [{ address: null }],
  },
  store_account_message: {
    text: "select message_id from app.store_account_message($1)",
    given: (ids) => ({ account_id: ids["crm.connected_accounts"], to_emails: ["ada@acme.com"] }),
    answer: "LB097",
  },
  take_message: {
    text: "select * from app.take_message(($1::jsonb ->> 'message')::uuid, 60)",
    given: (ids) => ({ message: ids["crm.messages"] }),
    answer: [{ job: null, lease: null }],
  },
  unsubscribe_recipient: {
    text: "select app.unsubscribe_recipient(($1::jsonb ->> 'message')::uuid) as is_known",
    given: (ids) => ({ message: ids["crm.messages"] }),
    answer: [{ is_known: false }],
  },
  begin_message: {
    text: `select app.begin_message(($1::jsonb ->> 'message')::uuid, ($1::jsonb ->> 'job')::uuid,
      '${SAMPLE_LEASE}')`,
    given: (ids) => ({ message: ids["crm.messages"], job: ids["crm.jobs"] }),
    answer: "LB030",
  },
  hand_over_message: {
    text:
      `select app.hand_over_message(($1::jsonb ->> 'message')::uuid, ($1::jsonb ->> 'job')::uuid,
      '${SAMPLE_LEASE}')`,
    given: (ids) => ({ message: ids["crm.messages"], job: ids["crm.jobs"] }),
    answer: "LB030",
  },
  end_message: {
    text: `select app.end_message(($1::jsonb ->> 'message')::uuid, 'failed', 'no', false, '[]',
      null) as done`,
    given: (ids) => ({ message: ids["crm.messages"] }),
    answer: [{ done: "" }],
  },
  record_mail: {
    text: "select app.record_mail(jsonb_populate_record(null::crm.messages, $1)) as id",
    given: (ids) => ({ workspace_id: ids["crm.workspaces"], lead_id: ids["crm.leads"] }),
    answer: [{ id: null }],
  },
};
