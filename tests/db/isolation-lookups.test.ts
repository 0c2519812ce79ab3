import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { claimsOf } from "../support/as-role.ts";
import { emptyAndFull } from "../support/neighbours.ts";
import { fillWorkspace } from "../support/tenant-tables.ts";
import { asOwner } from "../support/workspace.ts";

const NO_SUCH_RECORD = "23503";
const DAILY_LIMIT_REACHED = "LB002";
const UNKNOWN_STAGE = "LB003";
const EVENT_TAKEN = "LB004";

test("ingest_contacts takes neither a workspace nor another's company from its items", async () => {
  const { mine, theirs, foreign, call, unchanged } = await emptyAndFull();
  const ingest = (item: object) =>
    call(
      "select (contact).workspace_id, (contact).id from app.ingest_contacts($1)",
      JSON.stringify([item]),
    );
  const ids = { workspace_id: theirs.id, id: foreign["crm.contacts"] };
  expect(await ingest({ fields: { email: "jane@acme.com", ...ids }, ...ids }))
    .toEqual([{ workspace_id: mine.id, id: expect.not.stringMatching(ids.id!) }]);
  expect(await ingest({ fields: { email: "joe@acme.com", company_id: foreign["crm.companies"] } }))
    .toBe(NO_SUCH_RECORD);
  await unchanged();
});

test.each([
  ["activities", "%hello%"],
  ["companies", "%acme%"],
  ["connectors", "%form%"],
  ["contacts", "%jane%"],
  ["deals", "%licence%"],
  ["invoices", "%inv%"],
  ["pipelines", "%renewals%"],
  ["tasks", "%call%"],
  ["users", "%jane%"],
])("search_%s finds only the workspace's own", async (resource, word) => {
  const { mine, call } = await emptyAndFull();
  const own = await fillWorkspace(mine.id);
  const all = await asOwner<{ id: string }>(
    `select id from crm.${resource} where workspace_id = $1 order by id`,
    [mine.id],
  );
  expect(await call(`select app.search_${resource}('%', '{}') as id order by id`)).toEqual(all);
  for (const [longest, words] of [[word, ["%"]], ["%", [word, word.toUpperCase()]]]) {
    expect(await call(`select app.search_${resource}($1, $2) as id`, longest, words))
      .toEqual([{ id: own[`crm.${resource}`] }]);
  }
  expect(await call(`select app.search_${resource}($1, '{}') as id`, "%nothing of this%"))
    .toEqual([]);
});

test("daily_quota_left follows use_daily_quota and take_daily_quota", async () => {
  const { call, unchanged } = await emptyAndFull();
  expect(await call("select app.use_daily_quota(3, 4)")).toHaveLength(1);
  expect(await call("select app.take_daily_quota(0, 6)")).toHaveLength(1);
  expect(await call("select * from app.daily_quota_left(false)"))
    .toEqual([{ contacts: 9_997, activities: 49_990 }]);
  await unchanged();
});

test.each([
  [0, 49_997, null],
  [0, 49_998, "activities_per_day"],
  [9_998, 0, "contacts_per_day"],
  [9_998, 49_998, "contacts_per_day"],
])("take_daily_quota takes %i contacts and %i activities, or names the limit", async (...given) => {
  const { call } = await emptyAndFull();
  const [contacts, activities, limit] = given;
  expect(await call("select app.use_daily_quota(3, 3)")).toHaveLength(1);
  const take = call("select app.take_daily_quota($1, $2)", contacts, activities);
  expect(await take).toEqual(limit === null ? [{ take_daily_quota: "" }] : DAILY_LIMIT_REACHED);
  expect(await call("select * from app.daily_quota_left(false)")).toEqual([
    limit === null ? { contacts: 9_997, activities: 0 } : { contacts: 9_997, activities: 49_997 },
  ]);
});

test("require_stage names the stages of an own pipeline, in order, and of no other", async () => {
  const { mine, foreign, call, database } = await emptyAndFull();
  const [own] = await call("select id from crm.pipelines") as [{ id: string }];
  const stages = "Lead, Qualified, Proposal, Negotiation, Won, Lost";
  const statement = { text: "select app.require_stage($1, 'Nowhere')", values: [own.id] };
  await expect(database.write(claimsOf(mine.id), [statement]))
    .rejects.toMatchObject({ code: UNKNOWN_STAGE, message: stages });
  const require = (pipeline: unknown, stage: string | null) =>
    call("select app.require_stage($1, $2) as done", pipeline, stage);
  for (const stage of ["Lead", "lead", "WON"]) {
    expect(await require(own.id, stage)).toEqual([{ done: "" }]);
  }
  expect(await require(own.id, "Lead ")).toBe(UNKNOWN_STAGE);
  expect(await require(foreign["crm.pipelines"], "Nowhere")).toEqual([{ done: "" }]);
});

test("receive_delivery keeps events for own connectors, and knows of no others", async () => {
  const { mine, foreign, call, unchanged } = await emptyAndFull();
  const own = await fillWorkspace(mine.id);
  const receive = (connector: unknown, event: string) =>
    call("select app.receive_delivery($1, $2, 'text/plain', '', false) as id", connector, event);
  const [{ id }] = await receive(own["crm.connectors"], "event-2") as [{ id: string }];
  // The sender tries again what was not accepted.
  expect(await receive(own["crm.connectors"], "event-2")).toEqual([{ id }]);
  expect(await receive(own["crm.connectors"], "event-1")).toBe(EVENT_TAKEN);
  for (const event of ["event-1", "event-2"]) {
    expect(await receive(foreign["crm.connectors"], event)).toBe(NO_SUCH_RECORD);
  }
  await unchanged();
});

test("find_connector_token answers the one token that was named", async () => {
  const { mine, theirs, foreign, call } = await emptyAndFull();
  const own = await fillWorkspace(mine.id);
  const find = (text: string) =>
    call("select workspace_id, connector_id from app.find_connector_token($1, '')", text);
  for (const [id, ids] of [[mine.id, own], [theirs.id, foreign]] as const) {
    expect(await find(`token-of-${id}`))
      .toEqual([{ workspace_id: id, connector_id: ids["crm.connectors"] }]);
  }
  for (const text of ["", "%", `token-of-${mine.id}x`]) expect(await find(text)).toEqual([]);
});

test("find_api_key answers the one key that was named, and nothing to a pattern", async () => {
  const { mine, theirs, call } = await emptyAndFull();
  const keys = await asOwner<{ workspace_id: string; public_id: string }>(
    "select workspace_id, public_id from crm.api_keys where workspace_id in ($1, $2)",
    [mine.id, theirs.id],
  );
  const find = (text: string | null) =>
    call("select workspace_id from app.find_api_key($1, '')", text);
  expect(keys).toHaveLength(2);
  for (const { workspace_id, public_id } of keys) {
    expect(await find(public_id)).toEqual([{ workspace_id }]);
    expect(await find(public_id.slice(0, -1))).toEqual([]);
  }
  for (const text of [null, "", "%", "' or true --", randomBytes(12).toString("hex")]) {
    expect(await find(text)).toEqual([]);
  }
});
