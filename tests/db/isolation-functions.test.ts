import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import type { Statement } from "../../shared/db/pipeline.ts";
import { apiDatabase, attempt, claimsOf } from "../support/as-role.ts";
import { fillWorkspace, grantedTables, rowsOf } from "../support/tenant-tables.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

const NO_SUCH_RECORD = "23503";
const tables = await grantedTables();

/**
 * An empty workspace and one at its limits with old keys; `unchanged` checks that it
 * still is as it was.
 */
async function emptyAndFull() {
  const [mine, theirs] = [await testWorkspace(), await testWorkspace()];
  const foreign = await fillWorkspace(theirs.id);
  await asOwner("insert into crm.daily_usage values ($1, app.utc_today(), 10000, 50000)", [
    theirs.id,
  ]);
  await asOwner(
    "insert into crm.idempotency_keys (workspace_id, key, request_hash) values ($1, 'key-2', '\\x00')",
    [theirs.id],
  );
  const age = "update crm.idempotency_keys set created_at = now() - interval '2 days'";
  await asOwner(`${age} where workspace_id = $1`, [theirs.id]);
  const database = apiDatabase();
  const call = (text: string, ...values: unknown[]) =>
    attempt(database, claimsOf(mine.id), { text, values });
  const state = async () => ({
    rows: await Promise.all(tables.map((table) => rowsOf(table, theirs.id))),
    usage: await asOwner("select * from crm.daily_usage where workspace_id = $1", [theirs.id]),
  });
  const before = await state();
  return {
    mine,
    theirs,
    foreign,
    call,
    unchanged: async () => expect(await state()).toEqual(before),
  };
}

/** The functions that take part in a workspace's work, each with what would reach a neighbour. */
const CALLS: Record<string, (ids: Record<string, string>) => Statement> = {
  ingest_contacts: () => ({
    text: "select created, company_created from app.ingest_contacts($1)",
    values: [JSON.stringify([
      {
        fields: { email: "jane@acme.com" },
        company_name: "Acme",
        company_domain: "acme.com",
        message: "Hi",
      },
    ])],
  }),
  companies_to_create: () => ({
    text: "select * from app.companies_to_create($1)",
    values: [JSON.stringify([{ company_name: "Acme", company_domain: "acme.com" }])],
  }),
  resolve_companies: () => ({
    text: "select company_created from app.resolve_companies($1)",
    values: [JSON.stringify([{ company_name: "Acme" }])],
  }),
  items_with_room: () => ({ text: "select * from app.items_with_room('[{}]')", values: [] }),
  people_of: () => ({
    text: "select app.people_of($1, '{}') #> '{0,fields}' as fields",
    values: [JSON.stringify([{ fields: { email: "jane@acme.com" } }])],
  }),
  upsert_people: (ids) => ({
    text: "select app.upsert_people($1)",
    values: [JSON.stringify([
      {
        ord: 1,
        id: ids["crm.contacts"],
        email: "jane@acme.com",
        fields: { email: "jane@acme.com" },
      },
    ])],
  }),
  search_contacts: () => ({ text: "select app.search_contacts('%jane%', '{}')", values: [] }),
  daily_room: () => ({ text: "select * from app.daily_room(true)", values: [] }),
  use_daily_room: () => ({ text: "select app.use_daily_room(3, 4)", values: [] }),
  claim_idempotency_key: () => ({
    text: "select app.claim_idempotency_key('key-1', '\\x01')",
    values: [],
  }),
  utc_today: () => ({
    text: "select app.utc_today() = (now() at time zone 'UTC')::date as today",
    values: [],
  }),
};
const ANSWERS: Record<string, object[]> = {
  ingest_contacts: [{ created: true, company_created: true }],
  companies_to_create: [{ name: "Acme", domain: "acme.com" }],
  resolve_companies: [{ company_created: true }],
  items_with_room: [{ fit: 1, refused_by: null }],
  people_of: [{ fields: { email: "jane@acme.com" } }],
  upsert_people: [{ upsert_people: 1 }],
  search_contacts: [],
  daily_room: [{ contacts: 10_000, activities: 50_000 }],
  use_daily_room: [{ use_daily_room: "" }],
  claim_idempotency_key: [{ claim_idempotency_key: "" }],
  utc_today: [{ today: true }],
};
/** These act before there is a workspace, or know of none. */
const WITHOUT_CLAIMS = ["count_request", "find_api_key", "uuid_v7", "workspace_id"];

test("every function the API's role may call is tried", async () => {
  const functions = await asOwner<{ name: string }>(`
    select proname as name from pg_proc
    where pronamespace = 'app'::regnamespace and prorettype <> 'trigger'::regtype
      and has_function_privilege('lumenbase_api', oid, 'execute') order by 1`);
  expect(functions.map(({ name }) => name)).toEqual(
    [...Object.keys(CALLS), ...WITHOUT_CLAIMS].sort(),
  );
});

test.each(Object.keys(CALLS))("%s works as if the workspace were alone", async (name) => {
  const { foreign, call, unchanged } = await emptyAndFull();
  const { text, values } = CALLS[name]!(foreign);
  expect(await call(text, ...values)).toEqual(ANSWERS[name]);
  await unchanged();
});

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

test("search_contacts finds only the workspace's own", async () => {
  const { mine, call } = await emptyAndFull();
  const own = await fillWorkspace(mine.id);
  for (const [longest, words] of [["%", []], ["%jane%", ["%acme%"]], ["%@%", ["%", "%"]]]) {
    expect(await call("select app.search_contacts($1, $2) as id", longest, words))
      .toEqual([{ id: own["crm.contacts"] }]);
  }
});

test("daily_room follows use_daily_room", async () => {
  const { call, unchanged } = await emptyAndFull();
  expect(await call("select app.use_daily_room(3, 4)")).toHaveLength(1);
  expect(await call("select * from app.daily_room(false)"))
    .toEqual([{ contacts: 9_997, activities: 49_996 }]);
  await unchanged();
});

test("find_api_key answers the one key that was named, and nothing to a pattern", async () => {
  const { mine, theirs, call } = await emptyAndFull();
  const keys = await asOwner<{ workspace_id: string; public_id: string }>(
    "select workspace_id, public_id from crm.api_keys where workspace_id in ($1, $2)",
    [mine.id, theirs.id],
  );
  const find = (text: string | null) => call("select workspace_id from app.find_api_key($1)", text);
  expect(keys).toHaveLength(2);
  for (const { workspace_id, public_id } of keys) {
    expect(await find(public_id)).toEqual([{ workspace_id }]);
    expect(await find(public_id.slice(0, -1))).toEqual([]);
  }
  for (const text of [null, "", "%", "' or true --", randomBytes(12).toString("hex")]) {
    expect(await find(text)).toEqual([]);
  }
});
