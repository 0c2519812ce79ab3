import { asking } from "../support/asking.ts";
import { expect, inject, test } from "vitest";
import { apiDatabase, claimsOf, rolledBack, session, writeThen } from "../support/as-role.ts";
import { fillWorkspace, grantedTables, grantedViews, rowsOf } from "../support/tenant-tables.ts";
import { testWorkspace } from "../support/workspace.ts";

const INVALID_VALUE = "22P02";
const DENIED = "42501";
/** By a policy, or because a row needs a workspace. */
const REFUSED = /^(42501|23502)$/;
const SESSION = {
  text: `select pg_backend_pid() as pid, current_setting('request.jwt.claims', true) as claims,
    app.workspace_id() as workspace, (select count(*) from crm.contacts) as contacts`,
  values: [],
};
const tables = await grantedTables();
const readable = [...tables, ...await grantedViews()];
let filled: Promise<string> | undefined;

/** The id of a workspace with a row of every kind: one for all tests, as none may reach it. */
function filledWorkspace(): Promise<string> {
  return filled ??= testWorkspace().then(async ({ id }) => {
    await fillWorkspace(id);
    return id;
  });
}

const SEARCHED = ["activities", "companies", "contacts", "deals", "invoices"]
  .concat("pipelines", "tasks", "users");
const searches = SEARCHED.map((name) => `select app.search_${name}('%', '{}')`);

/** Tells what a statement answers under claims, or the SQLSTATE it is refused with; on one connection. */
async function underClaims(claims: string | null) {
  const client = await session(inject("apiUrl"));
  return (text: string, values: unknown[] = []) =>
    rolledBack(client, async () => {
      const set = "select set_config('request.jwt.claims', $1, true)";
      if (claims !== null) await client.query(set, [claims]);
      return await client.query(text, values).then(({ rows }) => rows, (error) => error.code);
    });
}

const NOBODY = [null, "", "{}", "null", "[]", `"text"`, "1", `{"workspace_id": null}`];
const MALFORMED = [
  "not JSON",
  "{",
  `{"workspace_id": "1"}`,
  `{"workspace_id": {}}`,
  `{"workspace_id": ""}`,
  `{"workspace_id": "' or true --"}`,
  " ",
];

test.each(tables)("$name: shows and takes nothing without claims", async (table) => {
  const id = await filledWorkspace();
  const before = await rowsOf(table, id);
  const { name, tenant, columns, privileges } = table;
  const list = columns.join(", ");
  const insert =
    `insert into ${name} (${list}) select ${list} from jsonb_populate_record(null::${name}, $1)`;
  const refused = (privilege: string) => privileges.includes(privilege) ? [] : DENIED;

  const under = await underClaims(null);
  expect(await under(`select from ${name}`)).toEqual([]);
  expect(await under(insert, [before[0]])).toBe(DENIED);
  expect(await under(`update ${name} set ${tenant} = ${tenant} returning 1`)).toEqual(
    refused("update"),
  );
  expect(await under(`delete from ${name} returning 1`)).toEqual(refused("delete"));
  expect(await rowsOf(table, id)).toEqual(before);
});

test.each(NOBODY)("claims without a workspace show nothing: %s", async (claims) => {
  await filledWorkspace();
  const under = await underClaims(claims);
  const reads = [...readable.map(({ name }) => `select from ${name}`), ...searches];
  for (const read of reads) expect(await under(read), read).toEqual([]);
  expect(await under("select * from app.daily_quota_left(false)"))
    .toEqual([{ contacts: null, activities: null }]);
});

test.each(MALFORMED)("malformed claims show nothing and write nothing: %s", async (claims) => {
  await filledWorkspace();
  const under = await underClaims(claims);
  const reads = [...readable.map(({ name }) => `select from ${name}`), ...searches];
  for (const read of reads) expect(await under(read), read).toBe(INVALID_VALUE);
  const insert = "insert into crm.contacts (email) values ('jane@acme.com')";
  expect(await under(insert)).toBe(INVALID_VALUE);
});

test.each([null, "{}"])(
  "nothing can be written by a function without a workspace: %s",
  async (claims) => {
    const under = await underClaims(claims);
    const items = [{ fields: { email: "jane@acme.com" }, company_name: "Acme", message: "Hello" }];
    expect(await under("select * from app.ingest_contacts($1)", [JSON.stringify(items)]))
      .toMatch(REFUSED);
    expect(await under("select app.daily_quota_left(true)")).toMatch(REFUSED);
    expect(await under("select app.use_daily_quota(1, 1)")).toMatch(REFUSED);
    expect(await under("select app.take_daily_quota(1, 1)")).toMatch(REFUSED);
    expect(await under("select app.next_invoice_number(2026)")).toMatch(REFUSED);
    expect(await under("select app.resolve_companies($1)", [JSON.stringify(items)]))
      .toMatch(REFUSED);
    expect(await under("select app.claim_idempotency_key('key', '\\x00')")).toBe(DENIED);
  },
);

const ANY_PROCESS: unknown = expect.any(Number);

// A pooler may give each transaction another process of PostgreSQL; whichever it is has no claims left.
function sameProcess(pid: number): unknown {
  const direct = new URL(inject("apiUrl")).host === new URL(inject("adminUrl")).host;
  return direct ? pid : ANY_PROCESS;
}

test("claims end with their transaction, though the connection is used again", async () => {
  const database = apiDatabase({ size: 1 });
  const [first, second] = [await testWorkspace(), await testWorkspace()];
  await fillWorkspace(first.id);
  const [[asFirst]] = await database.write(claimsOf(first.id), [SESSION]) as [[{ pid: number }]];
  expect(asFirst).toMatchObject({ workspace: first.id, contacts: 1 });

  const pid = sameProcess(asFirst.pid);
  const nobody = { pid, claims: "", workspace: null, contacts: 0 };
  expect(await database.query(SESSION)).toEqual([nobody]);
  const { admissions, told } = asking(SESSION);
  const [asSecond] = await database.read(claimsOf(second.id), [SESSION], admissions);
  expect(told).toEqual([[nobody]]);
  expect(asSecond).toMatchObject([{ pid, workspace: second.id, contacts: 0 }]);
});

const WORTH_A_RETRY = "do $$ begin raise exception 'worth a retry' using errcode = '40001'; end $$";

test.each([
  ["division by zero", "select 1 / 0", "division by zero"],
  ["worth a retry", WORTH_A_RETRY, "other writes kept interfering"],
  ["syntax error", "nonsense", "syntax error"],
])("claims are gone after an error: %s", async (message, text, afterRetries) => {
  const database = apiDatabase({ size: 1 });
  const { id } = await testWorkspace();
  await fillWorkspace(id);
  const [first] = await database.query(SESSION) as [{ pid: number }];
  const failing = { text, values: [] };
  const pid = sameProcess(first.pid);
  const nobody = [{ pid, claims: "", workspace: null, contacts: 0 }];

  await expect(database.write(claimsOf(id), [SESSION, failing, SESSION]))
    .rejects.toThrow(afterRetries);
  expect(await database.query(SESSION)).toEqual(nobody);
  await expect(database.read(claimsOf(id), [failing])).rejects.toThrow(message);
  expect(await database.query(SESSION)).toEqual(nobody);
  await expect(
    writeThen(database, claimsOf(id), [failing], () => ({ statement: SESSION, result: 1 })),
  )
    .rejects.toThrow(afterRetries);
  expect(await database.query(SESSION)).toEqual(nobody);
  const refuse = () => {
    throw new Error("refused by the caller");
  };
  await expect(writeThen(database, claimsOf(id), [SESSION], refuse)).rejects.toThrow("refused by");
  expect(await database.query(SESSION)).toEqual(nobody);
});
