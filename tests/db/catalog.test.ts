import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, inject, test } from "vitest";
import { session } from "../support/as-role.ts";
import { catalogProblems, GRANTS } from "../support/catalog.ts";
import { asOwner } from "../support/workspace.ts";

const PROJECT = fileURLToPath(new URL("../..", import.meta.url));
const ALL = "DELETE INSERT SELECT UPDATE";
const SEARCHED = ["activities", "companies", "connectors", "contacts", "deals", "invoices"]
  .concat("leads", "pipelines", "tasks", "users");

test("every table, key, policy and function keeps the rules of isolation", async () => {
  expect(await catalogProblems(await session(inject("adminUrl")))).toEqual([]);
});

test("the API's role has exactly these grants", async () => {
  const rows = await asOwner<{ object: string; privileges: string }>(GRANTS);
  expect(Object.fromEntries(rows.map(({ object, privileges }) => [object, privileges]))).toEqual({
    "schema app": "USAGE",
    "schema crm": "USAGE",
    "crm.activities": ALL,
    "crm.automation_runs": ALL,
    "crm.automation_turns": ALL,
    "crm.automations": ALL,
    "crm.automations_with_runs": "SELECT",
    "crm.companies": ALL,
    "crm.connector_deliveries": ALL,
    "crm.connector_tokens": ALL,
    "crm.connectors": ALL,
    "crm.contacts": ALL,
    "crm.deals": ALL,
    "crm.events": "SELECT",
    "crm.idempotency_keys": ALL,
    "crm.inactivity_scans": ALL,
    "crm.integrations": ALL,
    "crm.invoices": ALL,
    "crm.jobs": ALL,
    "crm.lead_tags": ALL,
    "crm.leads": ALL,
    "crm.leads_with_links": "SELECT",
    "crm.mail_usage": "SELECT",
    "crm.messages": ALL,
    "crm.pipelines": ALL,
    "crm.pipelines_with_counts": "SELECT",
    "crm.pipelines_with_stages": "SELECT",
    "crm.record_counts": "SELECT",
    "crm.stages": ALL,
    "crm.stages_with_counts": "SELECT",
    "crm.tags": ALL,
    "crm.tags_with_counts": "SELECT",
    "crm.tasks": ALL,
    "crm.users": ALL,
    "crm.webhook_deliveries": ALL,
    "crm.workspaces": "SELECT",
    "app.add_lead_tag(uuid,text)": "EXECUTE",
    "app.begin_message(uuid,uuid,uuid)": "EXECUTE",
    "app.change_lead(uuid,jsonb)": "EXECUTE",
    "app.change_pipeline(uuid,jsonb)": "EXECUTE",
    "app.change_stage(uuid,uuid,jsonb)": "EXECUTE",
    "app.choose_next_user(uuid,integer,bigint[])": "EXECUTE",
    "app.claim_idempotency_key(text,bytea)": "EXECUTE",
    "app.company_key(text)": "EXECUTE",
    "app.company_named(text)": "EXECUTE",
    "app.contact_for_lead(text,jsonb,jsonb,uuid)": "EXECUTE",
    "app.count_mail(uuid)": "EXECUTE",
    "app.count_request(uuid,integer,integer,integer)": "EXECUTE",
    "app.create_lead(jsonb)": "EXECUTE",
    "app.create_pipeline(jsonb)": "EXECUTE",
    "app.create_stage(uuid,jsonb)": "EXECUTE",
    "app.daily_quota_left(boolean)": "EXECUTE",
    "app.fail_step(uuid,integer,text,integer)": "EXECUTE",
    "app.delete_pipeline(uuid,uuid)": "EXECUTE",
    "app.delete_stage(uuid,uuid,uuid)": "EXECUTE",
    "app.end_message(uuid,text,text,boolean,jsonb,integer)": "EXECUTE",
    "app.enqueue_job(text,jsonb,timestamp with time zone,integer,uuid)": "EXECUTE",
    "app.fail_job(uuid,uuid,text,integer)": "EXECUTE",
    "app.find_api_key(text,bytea)": "EXECUTE",
    "app.find_company(text[],text,text,uuid)": "EXECUTE",
    "app.find_connector_token(text,bytea)": "EXECUTE",
    "app.find_contact(text[],crm.contacts)": "EXECUTE",
    "app.find_deal(text[],uuid,text)": "EXECUTE",
    "app.finish_step(uuid,integer)": "EXECUTE",
    "app.finish_job(uuid,uuid)": "EXECUTE",
    "app.hold_webhook_delivery(uuid,uuid)": "EXECUTE",
    "app.note_webhook_attempt(uuid,uuid,jsonb,boolean,boolean,integer)": "EXECUTE",
    "app.replay_webhook_deliveries(uuid,timestamp with time zone,timestamp with time zone,text,uuid)":
      "EXECUTE",
    "app.resume_webhook_deliveries(uuid)": "EXECUTE",
    "app.store_webhook_delivery(uuid,text,text,text)": "EXECUTE",
    "app.folded(text)": "EXECUTE",
    "app.ingest(jsonb)": "EXECUTE",
    "app.ingest_alike(jsonb)": "EXECUTE",
    "app.ingest_contacts(jsonb)": "EXECUTE",
    "app.ingest_one(jsonb)": "EXECUTE",
    "app.items_within_quota(jsonb)": "EXECUTE",
    "app.land(text,jsonb,jsonb)": "EXECUTE",
    "app.land_company(jsonb,uuid,boolean,boolean)": "EXECUTE",
    "app.land_contact(jsonb,text[],uuid,boolean,boolean)": "EXECUTE",
    "app.land_deal(jsonb,uuid,boolean,boolean,uuid,uuid)": "EXECUTE",
    "app.lead_event(bigint)": "EXECUTE",
    "app.linked_ids(jsonb)": "EXECUTE",
    "app.lock_lead(uuid,jsonb)": "EXECUTE",
    "app.lock_pipelines()": "EXECUTE",
    "app.lock_stages(uuid)": "EXECUTE",
    "app.match_item(jsonb,jsonb)": "EXECUTE",
    "app.move_leads(uuid,uuid)": "EXECUTE",
    "app.next_invoice_number(integer)": "EXECUTE",
    "app.order_stages(uuid[])": "EXECUTE",
    "app.people_of(jsonb,jsonb)": "EXECUTE",
    "app.person_of(jsonb)": "EXECUTE",
    "app.phone_key(text)": "EXECUTE",
    "app.place_lead(jsonb,uuid,uuid)": "EXECUTE",
    "app.plan_companies(jsonb)": "EXECUTE",
    "app.quiet_since(uuid,uuid)": "EXECUTE",
    "app.read_events(xid8,bigint,integer)": "EXECUTE",
    "app.receive_delivery(uuid,text,text,bytea,boolean)": "EXECUTE",
    "app.record_mail(crm.messages)": "EXECUTE",
    "app.remove_lead_tag(uuid,text)": "EXECUTE",
    "app.require_active_user(uuid)": "EXECUTE",
    "app.require_admission(text)": "EXECUTE",
    "app.require_empty(bigint,bigint)": "EXECUTE",
    "app.require_records(jsonb)": "EXECUTE",
    "app.require_stage(uuid,text)": "EXECUTE",
    "app.resolve_companies(jsonb)": "EXECUTE",
    "app.retry_run(bigint,bigint)": "EXECUTE",
    "app.quota_is_ample(integer)": "EXECUTE",
    "app.rules_of(jsonb,text)": "EXECUTE",
    ...Object.fromEntries(
      SEARCHED.map((name) => [`app.search_${name}(text,text[])`, "EXECUTE"]),
    ),
    "app.run_schedule()": "EXECUTE",
    "app.set_lead_tags(uuid,text[])": "EXECUTE",
    "app.set_password(uuid,text)": "EXECUTE",
    "app.store_message(jsonb)": "EXECUTE",
    "app.stages_with(uuid[],uuid,integer)": "EXECUTE",
    "app.status_at(text,text,text)": "EXECUTE",
    "app.tag_called(uuid)": "EXECUTE",
    "app.tags_named(text[])": "EXECUTE",
    "app.tags_left_by(crm.events,uuid)": "EXECUTE",
    "app.take_daily_quota(integer,integer)": "EXECUTE",
    "app.take_jobs(integer,integer,integer)": "EXECUTE",
    "app.uncount_mail(uuid,date)": "EXECUTE",
    "app.upsert_people(jsonb)": "EXECUTE",
    "app.use_daily_quota(integer,integer)": "EXECUTE",
    "app.utc_today()": "EXECUTE",
    "app.uuid_v7()": "EXECUTE",
    "app.workspace_id()": "EXECUTE",
    "app.write_people(jsonb)": "EXECUTE",
  });
});

test("the generated types are those of the migrated tables", async () => {
  const env = { ...process.env, DATABASE_URL: inject("adminUrl") };
  const verify = ["run", "--silent", "types", "--", "--verify"];
  const { stdout } = await promisify(execFile)("npm", verify, { cwd: PROJECT, env });
  expect(stdout).toContain("up-to-date");
});
