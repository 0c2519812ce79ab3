import { randomInt } from "node:crypto";
import { expect, inject, test } from "vitest";
import type { Statement } from "../../shared/db/pipeline.ts";
import { apiDatabase, claimsOf, session } from "../support/as-role.ts";
import { pgProxy } from "../support/pg-proxy.ts";
import { afterwards, asOwner, eventually, testWorkspace } from "../support/workspace.ts";

const sql = (text: string, ...values: unknown[]): Statement => ({ text, values });
const CLAIMS = sql(`select app.workspace_id() as workspace,
  current_setting('request.jwt.claims')::jsonb ->> 'sub' as key`);

/** A database whose one connection a read has until it is told to end. */
async function busyDatabase(id: string) {
  const proxy = await pgProxy(inject("apiUrl"));
  afterwards(() => proxy.close());
  const database = apiDatabase({ size: 1, url: proxy.url });
  const owner = await session(inject("adminUrl"));
  const lock = randomInt(2 ** 31);
  await owner.query("select pg_advisory_lock($1)", [lock]);
  const first = database.read(claimsOf(id), [sql("select pg_advisory_xact_lock($1)", lock)]);
  await eventually(async () =>
    (await asOwner("select from pg_locks where objid = $1 and not granted", [lock])).length > 0
  );
  const end = async () => {
    await owner.query("select pg_advisory_unlock($1)", [lock]);
    await first;
  };
  return { database, end, roundTrips: proxy.roundTrips };
}

test("reads that wait for a connection share one round trip, each as itself", async () => {
  const { id } = await testWorkspace();
  const { database, end, roundTrips } = await busyDatabase(id);
  const before = roundTrips();
  const claims = Array.from({ length: 4 }, () => claimsOf(id));
  const reads = claims.map((one) => database.read(one, [CLAIMS], [sql("select 1 as first")]));
  await end();
  expect(await Promise.all(reads))
    .toEqual(claims.map(({ sub }) => [[{ first: 1 }], [{ workspace: id, key: sub }]]));
  expect(roundTrips() - before).toBe(1);
});

test("one that fails leaves those beside it as they are", async () => {
  const { id } = await testWorkspace();
  const { database, end } = await busyDatabase(id);
  const statements = [
    CLAIMS,
    sql("select 1 / 0"),
    sql("delete from crm.contacts"),
    sql("select $1::jsonb", { never: 1n }),
    CLAIMS,
  ];
  const claims = claimsOf(id);
  const outcomes = Promise.allSettled(statements.map((one) => database.read(claims, [one])));
  await end();
  const read = { status: "fulfilled", value: [[{ workspace: id, key: claims.sub }]] };
  expect(await outcomes).toMatchObject([
    read,
    { status: "rejected", reason: { code: "22012" } },
    { status: "rejected", reason: { name: "DatabaseUnavailable" } },
    { status: "rejected", reason: { name: "TypeError" } },
    read,
  ]);
  expect(await database.read(claims, [CLAIMS])).toEqual(read.value);
});
