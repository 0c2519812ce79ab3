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
  .concat("pipelines", "tasks", "users");

test("every table, key, policy and function keeps the rules of isolation", async () => {
  expect(await catalogProblems(await session(inject("adminUrl")))).toEqual([]);
});

test("the API's role has exactly these grants", async () => {
  const rows = await asOwner<{ object: string; privileges: string }>(GRANTS);
  expect(Object.fromEntries(rows.map(({ object, privileges }) => [object, privileges]))).toEqual({
    "schema app": "USAGE",
    "schema crm": "USAGE",
    "crm.activities": ALL,
    "crm.companies": ALL,
    "crm.connector_deliveries": ALL,
    "crm.connector_tokens": ALL,
    "crm.connectors": ALL,
    "crm.contacts": ALL,
    "crm.deals": ALL,
    "crm.idempotency_keys": ALL,
    "crm.invoices": ALL,
    "crm.pipelines": ALL,
    "crm.pipelines_with_stages": "SELECT",
    "crm.record_counts": "SELECT",
    "crm.stages": ALL,
    "crm.tasks": ALL,
    "crm.users": ALL,
    "crm.workspaces": "SELECT",
    "app.claim_idempotency_key(text,bytea)": "EXECUTE",
    "app.count_request(uuid,integer,integer,integer)": "EXECUTE",
    "app.daily_room(boolean)": "EXECUTE",
    "app.find_api_key(text,bytea)": "EXECUTE",
    "app.find_company(text[],text,text,uuid)": "EXECUTE",
    "app.find_connector_token(text,bytea)": "EXECUTE",
    "app.find_contact(text[],text,text,uuid)": "EXECUTE",
    "app.find_deal(text[],uuid,text)": "EXECUTE",
    "app.ingest(jsonb)": "EXECUTE",
    "app.ingest_alike(jsonb)": "EXECUTE",
    "app.ingest_contacts(jsonb)": "EXECUTE",
    "app.ingest_one(jsonb)": "EXECUTE",
    "app.items_with_room(jsonb)": "EXECUTE",
    "app.land(text,jsonb,jsonb)": "EXECUTE",
    "app.land_company(jsonb,uuid,boolean,boolean)": "EXECUTE",
    "app.land_contact(jsonb,uuid,boolean,boolean)": "EXECUTE",
    "app.land_deal(jsonb,uuid,boolean,boolean,uuid,uuid)": "EXECUTE",
    "app.match_item(jsonb,jsonb)": "EXECUTE",
    "app.next_invoice_number(integer)": "EXECUTE",
    "app.people_of(jsonb,jsonb)": "EXECUTE",
    "app.plan_companies(jsonb)": "EXECUTE",
    "app.receive_delivery(uuid,text,text,bytea,boolean)": "EXECUTE",
    "app.require_stage(uuid,text)": "EXECUTE",
    "app.resolve_companies(jsonb)": "EXECUTE",
    "app.room_is_ample(integer)": "EXECUTE",
    "app.rules_of(jsonb,text)": "EXECUTE",
    ...Object.fromEntries(
      SEARCHED.map((name) => [`app.search_${name}(text,text[])`, "EXECUTE"]),
    ),
    "app.take_daily_room(integer,integer)": "EXECUTE",
    "app.upsert_people(jsonb)": "EXECUTE",
    "app.use_daily_room(integer,integer)": "EXECUTE",
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
