import { expect, test } from "vitest";
import type { Database } from "../../shared/db/database.ts";
import type { Statement } from "../../shared/db/wire/pipeline.ts";
import { DatabaseUnavailable } from "../../shared/db/errors.ts";
import { apiDatabase, apiUrlWith, claimsOf, writeThen } from "../support/as-role.ts";
import { asOwner, eventually, testWorkspace } from "../support/workspace.ts";

const sql = (text: string, ...values: unknown[]): Statement => ({ text, values });
const ONE = [[{ one: 1 }]];

/** Ends the session that runs a statement with this text. */
async function kill(text: string): Promise<void> {
  await eventually(async () =>
    (await asOwner(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where state = 'active' and position($1 in query) > 0 and pid <> pg_backend_pid()`,
      [text],
    )).length > 0
  );
}

type Work = (database: Database, workspaceId: string, slow: Statement) => Promise<unknown>;
const WORK: [string, Work][] = [
  ["a query", (database, _, slow) => database.query(slow)],
  ["a read", (database, id, slow) => database.read(claimsOf(id), [slow, sql("select 1")])],
  ["a write", (database, id, slow) => database.write(claimsOf(id), [slow, sql("select 1")])],
  [
    "the first round trip of two",
    (database, id, slow) =>
      writeThen(database, claimsOf(id), [slow], () => ({ statement: slow, result: 1 })),
  ],
  [
    "the second round trip of two",
    (database, id, slow) =>
      writeThen(database, claimsOf(id), [], () => ({ statement: slow, result: 1 })),
  ],
];

test.each(WORK)(
  "a server process killed in %s is an outage, and the pool recovers",
  async (_, work) => {
    const { id } = await testWorkspace();
    const database = apiDatabase({ size: 1 });
    const slow = sql(`select pg_sleep(30) /* ${id} */`);
    const outcome = work(database, id, slow).catch((error: unknown) => error);
    await kill(`/* ${id} */`);
    expect(await outcome).toBeInstanceOf(DatabaseUnavailable);
    expect(await database.read(claimsOf(id), [sql("select 1 as one")])).toEqual(ONE);
  },
);

test("those who wait for the connection of a killed process get another", async () => {
  const { id } = await testWorkspace();
  const database = apiDatabase({ size: 1 });
  const slow = sql(`select pg_sleep(30) /* ${id} */`);
  const outcome = database.write(claimsOf(id), [slow]).catch((error: unknown) => error);
  const queued = Array.from(
    { length: 3 },
    () => database.read(claimsOf(id), [sql("select 1 as one")]),
  );
  await kill(`/* ${id} */`);
  expect(await outcome).toBeInstanceOf(DatabaseUnavailable);
  expect(await Promise.all(queued)).toEqual([ONE, ONE, ONE]);
});

test("an idle connection that the server closes is replaced", async () => {
  const { id } = await testWorkspace();
  const database = apiDatabase({ size: 1 });
  const pid = sql("select pg_backend_pid() as pid");
  const [{ pid: first }] = await database.query(pid) as [{ pid: number }];
  await asOwner("select pg_terminate_backend($1)", [first]);
  await eventually(async () =>
    (await asOwner("select from pg_stat_activity where pid = $1", [first])).length === 0
  );
  const [[{ pid: second }]] = await eventually(() =>
    database.read(claimsOf(id), [pid]).catch(() => null)
  ) as [[{ pid: number }]];
  expect(second).not.toBe(first);
});

test("a statement that takes too long is an outage, undone, and the connection goes on", async () => {
  const { id } = await testWorkspace();
  const database = apiDatabase({ size: 1 });
  const write = database.write(claimsOf(id), [
    sql("insert into crm.contacts (email) values ('a@x.com')"),
    sql("set local statement_timeout = '50ms'"),
    sql("select pg_sleep(30)"),
  ]);
  await expect(write).rejects.toBeInstanceOf(DatabaseUnavailable);
  expect(await asOwner("select from crm.contacts where workspace_id = $1", [id])).toEqual([]);
  expect(await database.read(claimsOf(id), [sql("select 1 as one")])).toEqual(ONE);
});

test("a transaction has its own timeouts, whatever the role's are", async () => {
  const { id } = await testWorkspace();
  const url = apiUrlWith({ statement_timeout: "0", lock_timeout: "0" });
  const database = apiDatabase({ url });
  const settings = sql(`select current_setting('statement_timeout') as statement,
    current_setting('lock_timeout') as lock,
    current_setting('idle_in_transaction_session_timeout') as idle`);
  const timeouts = [[{ statement: "10s", lock: "5s", idle: "15s" }]];
  expect(await database.read(claimsOf(id), [settings])).toEqual(timeouts);
  expect(await database.write(claimsOf(id), [settings])).toEqual(timeouts);
});

test("a database that cannot be reached is an outage", async () => {
  const database = apiDatabase({ url: "postgresql://lumenbase_api:no@127.0.0.1:1/postgres" });
  await expect(database.query(sql("select 1"))).rejects.toBeInstanceOf(DatabaseUnavailable);
  const unknown = apiDatabase({ url: "postgresql://lumenbase_api@nowhere.invalid:1/postgres" });
  await expect(unknown.query(sql("select 1"))).rejects.toBeInstanceOf(DatabaseUnavailable);
});
