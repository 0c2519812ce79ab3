import { expect, test } from "vitest";
import type { Statement } from "../../shared/db/wire/pipeline.ts";
import { asking } from "../support/asking.ts";
import { claimsOf } from "../support/as-role.ts";
import { busyDatabase } from "../support/busy-database.ts";
import { testWorkspace } from "../support/workspace.ts";

const sql = (text: string, ...values: unknown[]): Statement => ({ text, values });
const CLAIMS = sql(`select app.workspace_id() as workspace,
  current_setting('request.jwt.claims')::jsonb ->> 'sub' as key`);

test("reads that wait for a connection share one round trip, each as itself", async () => {
  const { id } = await testWorkspace();
  const { database, end, roundTrips } = await busyDatabase(id);
  const before = roundTrips();
  const claims = Array.from({ length: 4 }, () => claimsOf(id));
  const asked = claims.map(() => asking(sql("select 1 as first")));
  const reads = claims.map((one, at) => database.read(one, [CLAIMS], asked[at]!.admissions));
  await end();
  expect(await Promise.all(reads))
    .toEqual(claims.map(({ sub }) => [[{ workspace: id, key: sub }]]));
  expect(asked.map(({ told }) => told)).toEqual(claims.map(() => [[{ first: 1 }]]));
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
