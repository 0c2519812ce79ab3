import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Statement } from "../../shared/db/wire/pipeline.ts";
import { apiDatabase, claimsOf } from "../support/as-role.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

// A table is made here, which tests of the catalog would find among theirs.
ownMigratedDatabase();

const prepared = (text: string, ...values: unknown[]): Statement => ({
  text,
  values,
  prepared: true,
});
const NAMES = {
  text: "select statement from pg_prepared_statements where not from_sql order by 1",
  values: [],
};

test("a statement to keep is parsed once a connection, and answers the same", async () => {
  const { id } = await testWorkspace();
  const database = apiDatabase({ size: 1 });
  const text = `select $1::numeric as amount, null::date as day -- ${randomUUID()}`;
  for (const amount of ["1.10", "2.20", "3.30"]) {
    const [rows] = await database.read(claimsOf(id), [prepared(text, amount)]);
    expect(rows).toEqual([{ amount: expect.objectContaining({ value: amount }), day: null }]);
  }
  const statements = (await database.query(NAMES)).map(({ statement }) => statement);
  expect(statements.filter((statement) => statement === text)).toHaveLength(1);
});

test("what reads keep is planned once, whatever it is asked for", async () => {
  const { id } = await testWorkspace();
  const database = apiDatabase({ size: 1 });
  const text = `select id from crm.contacts where created_at < $1 order by created_at -- ${id}`;
  for (const year of [1970, 2026, 9999]) {
    await database.read(claimsOf(id), [prepared(text, `${year}-01-01`)]);
  }
  const plans = await database.query({
    text: "select generic_plans, custom_plans from pg_prepared_statements where statement = $1",
    values: [text],
  });
  expect(plans).toEqual([{ generic_plans: 3, custom_plans: 0 }]);
});

test("one that fails at first can be asked again", async () => {
  const { id } = await testWorkspace();
  const database = apiDatabase({ size: 1 });
  const divide = (by: number) => [prepared(`select 6 / $1::int as n -- ${id}`, by)];
  const outcome = (by: number) =>
    database.read(claimsOf(id), divide(by)).catch(({ code }) => code as string);
  const outcomes = [];
  for (const by of [0, 0, 3, 0, 2]) outcomes.push(await outcome(by));
  expect(outcomes).toEqual(["22012", "22012", [[{ n: 2 }]], "22012", [[{ n: 3 }]]]);
});

test("a column that changes its type spoils no request after it", async () => {
  const { id } = await testWorkspace();
  const table = "crm.changing";
  await asOwner(`create table ${table} as select 1 as n`);
  await asOwner(`grant select on ${table} to lumenbase_api`);
  const database = apiDatabase({ size: 1 });
  const read = () => database.read(claimsOf(id), [prepared(`select n from ${table}`)]);
  expect(await read()).toEqual([[{ n: 1 }]]);
  await asOwner(`alter table ${table} alter n type text`);
  expect(await read()).toEqual([[{ n: "1" }]]);
  expect(await read()).toEqual([[{ n: "1" }]]);
});

test("of many texts, those asked for last are kept, and all are answered", async () => {
  const { id } = await testWorkspace();
  const database = apiDatabase({ size: 1 });
  const text = (n: number) => `select ${n} as n -- ${id}`;
  const ask = async (n: number) =>
    expect(await database.read(claimsOf(id), [prepared(text(n))])).toEqual([[{ n }]]);
  for (let n = 0; n < 150; n++) {
    await ask(n);
    await ask(0);
  }
  await ask(1);
  const names = (await database.query(NAMES)).map(({ statement }) => statement);
  expect(names.length).toBeLessThanOrEqual(65);
  const isKept = [0, 1, 2, 120, 149].map((n) => names.includes(text(n)));
  expect(isKept).toEqual([true, true, false, true, true]);
});
