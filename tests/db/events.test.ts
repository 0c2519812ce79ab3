import { randomUUID } from "node:crypto";
import { expect, inject, test } from "vitest";
import { apiDatabase, claimsOf, session } from "../support/as-role.ts";
import { leadWorld, type Row } from "../support/lead-world.ts";
import { fillWorkspace } from "../support/tenant-tables.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

const RESOURCES = [
  "activities",
  "automations",
  "companies",
  "company_memberships",
  "contacts",
  "deals",
  "documents",
  "form_submissions",
  "forms",
  "intent_signals",
  "invoices",
  "lead_tags",
  "leads",
]
  .concat("meetings", "outreach_steps", "pipelines", "stages", "tags", "target_account_contacts")
  .concat("target_accounts", "tasks", "users", "calls").toSorted();
const short = ({ resource, action, before, after }: Row) => ({ resource, action, before, after });

test("each kind of record writes its events, of a workspace's own records alone", async () => {
  const { id } = await testWorkspace();
  const made = await fillWorkspace(id);
  const events = await asOwner<Row>(
    "select distinct on (resource) * from crm.events where workspace_id = $1 order by resource, sequence desc",
    [id],
  );
  expect(events.map(({ resource }) => resource)).toEqual(RESOURCES);
  for (const { resource, record_id } of events) {
    const record = resource === "lead_tags" ? "leads" : resource;
    expect(record_id, String(resource)).toBe(made[`crm.${record}`]);
  }
});

test("a record's columns are told as they were and are, and what is made of them is not", async () => {
  const { insert, rows, events } = await leadWorld();
  await events();
  const contact = await insert("contacts", { first_name: "Ann", signal_strength: 12.5 });
  await rows("update crm.contacts set phone = '+1' where id = $1", contact.id);
  await rows("delete from crm.contacts where id = $1", contact.id);
  const [created, updated, deleted, ...more] = await events();
  expect(more).toEqual([]);
  const first = {
    id: contact.id,
    number: Number(contact.number),
    first_name: "Ann",
    last_name: null,
    email: null,
    phone: null,
    title: null,
    company_id: null,
    source: null,
    status: "active",
    unsubscribed: false,
    signal_strength: 12.5,
    owner_id: null,
    seniority: null,
    decision_maker: null,
    linkedin_url: null,
    lead_score: 0,
    created_at: expect.stringContaining("+00:00"),
    updated_at: expect.any(String),
  };
  expect(short(created!))
    .toEqual({ resource: "contacts", action: "created", before: null, after: first });
  expect(short(updated!))
    .toMatchObject({ action: "updated", before: first, after: { ...first, phone: "+1" } });
  expect(short(deleted!)).toEqual({
    ...short(updated!),
    action: "deleted",
    before: updated!.after,
    after: null,
  });
  expect(created!.before).toBeNull();
});

test("every column that is not made of others is told", async () => {
  const columns = await asOwner<{ resource: string; names: string[] }>(
    `select c.relname as resource, array_agg(a.attname::text order by a.attname) as names
      from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relnamespace = 'crm'::regnamespace and c.relname = any ($1) and a.attnum > 0
        and not a.attisdropped and a.attgenerated = '' and a.attname <> 'workspace_id'
      group by 1 order by 1`,
    [RESOURCES],
  );
  const { id } = await testWorkspace();
  await fillWorkspace(id);
  const told = await asOwner(
    `select distinct on (resource) resource,
        array(select key from jsonb_object_keys(after) key order by key collate "C") as names
      from crm.events where workspace_id = $1 order by resource`,
    [id],
  );
  expect(told).toEqual(columns);
});

test("an update that changes nothing, or updated_at alone, is no event", async () => {
  const { insert, rows, events } = await leadWorld();
  await insert("contacts", { first_name: "Ann" });
  await insert("contacts", { first_name: "Bob" });
  await events();
  await rows("update crm.contacts set first_name = first_name, updated_at = '2020-01-01'");
  await rows("update crm.contacts set phone = null where false");
  expect(await events()).toEqual([]);
  await rows("update crm.contacts set first_name = 'Bob'");
  expect(await events()).toMatchObject([{
    before: { first_name: "Ann" },
    after: { first_name: "Bob" },
  }]);
});

test("one statement tells all that it changed, an upsert what became of each", async () => {
  const { rows, insert, events } = await leadWorld();
  await insert("contacts", { email: "b@x.com", first_name: "Old" });
  await events();
  await rows(`insert into crm.contacts (email, first_name)
    values ('a@x.com', 'New'), ('b@x.com', 'New'), ('c@x.com', 'New')
    on conflict (workspace_id, email) do update set first_name = excluded.first_name`);
  const told = (await events()).map(({ action, after }) => `${action} ${(after as Row).email}`);
  expect(told.sort()).toEqual(["created a@x.com", "created c@x.com", "updated b@x.com"]);
});

test("who did it, for which request and because of what is told", async () => {
  const { id } = await testWorkspace();
  const database = apiDatabase({ size: 1 });
  const claims = claimsOf(id);
  const insert = { text: "insert into crm.tags (name) values ($1)", values: ["a"] };
  await database.write(claims, [insert]);
  const actor = { kind: "automation" as const, id: randomUUID() };
  const caused = { ...claims, actor, cause: 17 };
  await database.write(caused, [{ ...insert, values: ["b"] }]);
  await asOwner("insert into crm.tags (workspace_id, name) values ($1, 'c')", [id]);
  const told = await asOwner(
    "select actor, cause, request_id from crm.events where workspace_id = $1 and resource = 'tags' order by sequence",
    [id],
  );
  expect(told).toEqual([
    { actor: { kind: "key", id: claims.sub }, cause: null, request_id: claims.request_id },
    { actor, cause: "17", request_id: claims.request_id },
    { actor: null, cause: null, request_id: null },
  ]);
});

test("what goes with the record it belongs to has no event of its own; a cleared link has one", async () => {
  const { create, call, rows, events } = await leadWorld();
  const lead = await create({ tags: ["a", "b"], company: "Acme" });
  const [pipeline] = await call("create_pipeline", { name: "P", stages: [{ name: "A" }] });
  await events();
  await rows("delete from crm.tags where name = 'a'");
  await rows("delete from crm.companies");
  await rows("delete from crm.leads where id = $1", lead.id);
  await rows("delete from crm.pipelines where id = $1", pipeline!.id);
  expect((await events()).map(({ resource, action }) => `${resource} ${action}`)).toEqual([
    "tags deleted",
    "companies deleted",
    "leads updated",
    "leads deleted",
    "pipelines deleted",
  ]);
});

test("a deleted workspace leaves no event", async () => {
  const { id } = await testWorkspace();
  await fillWorkspace(id);
  await asOwner("delete from crm.workspaces where id = $1", [id]);
  expect(await asOwner("select from crm.events where workspace_id = $1", [id])).toEqual([]);
});

test("a plan kept from updates of one row does not compare each of many with each", async () => {
  const { id } = await testWorkspace();
  const owner = await session(inject("adminUrl"));
  const plans: string[] = [];
  owner.on("notice", ({ message }) => plans.push(message ?? ""));
  await owner.query(`load 'auto_explain'; set auto_explain.log_min_duration = 0;
    set auto_explain.log_nested_statements = on; set client_min_messages = log`);
  await owner.query("insert into crm.tags (workspace_id, name) values ($1, 'a')", [id]);
  for (let n = 0; n < 7; n++) {
    await owner.query("update crm.tags set color = $2 where workspace_id = $1", [id, `c${n}`]);
  }
  const updates = plans.filter((plan) => plan.includes("'updated'"));
  expect(updates).toHaveLength(7);
  for (const plan of updates) expect(plan).toMatch(/(Hash|Merge) Full Join/);
});

test("the API's role reads events, and writes none", async () => {
  const { rows, refusal, create } = await leadWorld();
  await create();
  const other = await leadWorld();
  await other.create({ last_name: "Foreign" });
  const seen = await rows("select * from crm.events where resource = 'leads'");
  expect(seen).toMatchObject([{ after: { last_name: null } }]);
  expect(await refusal("read_events", "0", 0, 1)).toHaveLength(1);
});
