import { expect, inject, test } from "vitest";
import type { Database } from "../../shared/db/database.ts";
import { DatabaseUnavailable } from "../../shared/db/errors.ts";
import type { Statement } from "../../shared/db/wire/pipeline.ts";
import { apiDatabase, apiUrlWith, claimsOf, session, writeThen } from "../support/as-role.ts";
import { asOwner, eventually, testWorkspace } from "../support/workspace.ts";

const sql = (text: string, ...values: unknown[]): Statement => ({ text, values });
const insert = (email: string) =>
  sql("insert into crm.contacts (email) values ($1) returning email", email);
const rename = (email: string, name: string) =>
  sql(
    "update crm.contacts set first_name = concat(first_name, $2::text) where email = $1",
    email,
    name,
  );
const NOBODY = [{ claims: null, workspace: null }];

/** Who the next user of the connection would be. */
async function leftBehind(database: Database) {
  return await database.query(sql(
    `select nullif(current_setting('request.jwt.claims', true), '') as claims,
      app.workspace_id() as workspace`,
  ));
}

async function emails(id: string): Promise<unknown[]> {
  const rows = await asOwner("select email from crm.contacts where workspace_id = $1 order by 1", [
    id,
  ]);
  return rows.map(({ email }) => email);
}

/** Waits until so many statements of a workspace with this text wait for a lock. */
function waiting(text: string, count: number): Promise<unknown> {
  return eventually(async () => {
    const rows = await asOwner(
      `select from pg_stat_activity where wait_event_type = 'Lock' and position($1 in query) > 0
        and pid <> pg_backend_pid()`,
      [text],
    );
    return rows.length >= count;
  });
}

test.each([
  ["division by zero", sql("select 1 / 0"), "22012"],
  ["a constraint", insert("a@x.com"), "23505"],
  ["syntax", sql("nonsense"), "42601"],
  ["a refused value", sql("select $1::uuid", "no uuid"), "22P02"],
  ["a NUL byte", insert("\0"), "22021"],
])(
  "an error in the middle undoes everything and is the one reported: %s",
  async (_, failing, code) => {
    const { id } = await testWorkspace();
    const database = apiDatabase({ size: 1 });
    const write = database.write(claimsOf(id), [
      insert("a@x.com"),
      failing,
      insert("b@x.com"),
      sql("select 2 / 0"),
    ]);
    await expect(write).rejects.toMatchObject({ code });
    expect(await emails(id)).toEqual([]);
    expect(await leftBehind(database)).toEqual(NOBODY);
    expect(await database.write(claimsOf(id), [insert("c@x.com")])).toEqual([[{
      email: "c@x.com",
    }]]);
    expect(await emails(id)).toEqual(["c@x.com"]);
  },
);

test("a read cannot write", async () => {
  const { id } = await testWorkspace();
  const database = apiDatabase({ size: 1 });
  await expect(database.read(claimsOf(id), [insert("a@x.com")])).rejects.toMatchObject({
    cause: { code: "25006" },
  });
  expect(await database.read(claimsOf(id), [sql("select 1 as one")])).toEqual([[{ one: 1 }]]);
});

test("what the caller throws between the round trips undoes everything", async () => {
  const { id } = await testWorkspace();
  const database = apiDatabase({ size: 1 });
  const write = writeThen(database, claimsOf(id), [insert("a@x.com")], ([rows]) => {
    throw new Error(`refused ${rows![0]!.email}`);
  });
  await expect(write).rejects.toThrow("refused a@x.com");
  expect(await emails(id)).toEqual([]);
  const failing = () => ({ statement: sql("select 1 / 0"), result: "never" });
  await expect(writeThen(database, claimsOf(id), [insert("a@x.com")], failing)).rejects.toThrow(
    "division",
  );
  expect(await emails(id)).toEqual([]);
  expect(await leftBehind(database)).toEqual(NOBODY);
  const last = () => ({ statement: insert("b@x.com"), result: "done" });
  expect(await writeThen(database, claimsOf(id), [insert("a@x.com")], last)).toBe("done");
  expect(await emails(id)).toEqual(["a@x.com", "b@x.com"]);
});

test.each(["read", "write"] as const)(
  "a statement that cannot be sent spoils no %s after it",
  async (method) => {
    const { id } = await testWorkspace();
    const database = apiDatabase({ size: 1, url: apiUrlWith({ application_name: id }) });
    const unsendable = { text: "select 1" } as Statement;
    await expect(database[method](claimsOf(id), [sql("select 1"), unsendable])).rejects.toThrow(
      TypeError,
    );
    const stuck = new Promise((resolve) => setTimeout(resolve, 30_000, "the connection is stuck"));
    const next = leftBehind(database);
    const outcome = await Promise.race([next, stuck]);
    // Frees a connection that is stuck, so that the pool can close.
    await asOwner(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1",
      [id],
    );
    await next.catch(() => {});
    expect(outcome).toEqual(NOBODY);
  },
);

test("a serialization failure is tried again and succeeds", async () => {
  const { id } = await testWorkspace();
  const database = apiDatabase({
    url: apiUrlWith({ default_transaction_isolation: "repeatable\\ read" }),
  });
  const email = `${id}@x.com`;
  await database.write(claimsOf(id), [insert(email)]);
  const holder = await session(inject("adminUrl"));
  await holder.query("begin");
  await holder.query("update crm.contacts set first_name = 'first' where workspace_id = $1", [id]);
  // The comment makes the statement known to `waiting`.
  const write = database.write(claimsOf(id), [
    sql(
      `update crm.contacts set first_name = concat(first_name, ' second') /* ${id} */ returning first_name`,
    ),
  ]);
  await waiting(id, 1);
  await holder.query("commit");
  expect(await write).toEqual([[{ first_name: "first second" }]]);
});

test("a write that others keep interfering with is an outage in the end, and says why", async () => {
  const { id } = await testWorkspace();
  const database = apiDatabase({ size: 1 });
  let attempts = 0;
  const write = database.transact(claimsOf(id), async (transaction) => {
    attempts++;
    await transaction.run([insert("a@x.com"), sql("select app.take_daily_quota(1, 0)")]);
    await transaction.run([sql("do $$ begin raise 'again' using errcode = '40001'; end $$")]);
    return { result: "never" };
  });
  const error = await write.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(DatabaseUnavailable);
  expect(error).toMatchObject({ cause: { code: "40001", message: "again" } });
  expect(attempts).toBe(3);
  expect(await emails(id)).toEqual([]);
  expect(await leftBehind(database)).toEqual(NOBODY);
});

test("writes that deadlock are tried again and all succeed", async () => {
  const { id } = await testWorkspace();
  const database = apiDatabase();
  await database.write(claimsOf(id), [insert("a@x.com"), insert("b@x.com")]);
  const gate = `hashtext('${id}')`;
  const holder = await session(inject("adminUrl"));
  await holder.query(`select pg_advisory_lock(${gate})`);
  const wait = sql(`select pg_advisory_xact_lock_shared(${gate})`);
  // Each holds what the other wants next before the gate opens.
  const writes = Promise.all([
    database.write(claimsOf(id), [rename("a@x.com", "1"), wait, rename("b@x.com", "1")]),
    writeThen(database, claimsOf(id), [rename("b@x.com", "2"), wait], () => ({
      statement: rename("a@x.com", "2"),
      result: null,
    })),
  ]);
  await waiting(gate, 2);
  await holder.query(`select pg_advisory_unlock(${gate})`);
  await writes;
  const names = await asOwner("select first_name from crm.contacts where workspace_id = $1", [id]);
  expect(names.map(({ first_name }) => [...first_name].sort().join(""))).toEqual(["12", "12"]);
});
