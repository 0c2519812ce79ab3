import { expect, test } from "vitest";
import { ingestContacts } from "../../shared/crm/contact-ingest.ts";
import { type Database } from "../../shared/db/database.ts";
import type { Statement } from "../../shared/db/pipeline.ts";
import { apiDatabase, claimsOf } from "../support/as-role.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

const RESOURCES = ["companies", "contacts", "activities"];
const FAILING: Statement = { text: "select 1 / 0", values: [] };

/** What the counts say of a workspace, and what there is. */
async function totals(id: string) {
  const counted = await asOwner<{ resource: string; total: number }>(
    `select resource, sum(records)::int as total from crm.record_counts
      where workspace_id = $1 group by resource`,
    [id],
  );
  const actual = await Promise.all(RESOURCES.map(async (resource) => {
    const rows = await asOwner(`select from crm.${resource} where workspace_id = $1`, [id]);
    return [resource, rows.length] as const;
  }));
  const none = RESOURCES.map((resource) => [resource, 0] as const);
  return {
    counted: Object.fromEntries([
      ...none,
      ...counted.map(({ resource, total }) => [resource, total]),
    ]),
    actual: Object.fromEntries(actual),
  };
}

const insertContacts = (from: number, count: number): Statement => ({
  text: `insert into crm.contacts (email)
    select 'p' || n || '@example.com' from generate_series($1::int, $2::int) n
    order by 1 on conflict do nothing`,
  values: [from, from + count - 1],
});
const insertCompanies = (count: number): Statement => ({
  text:
    "insert into crm.companies (name) select 'Company ' || n from generate_series(1, $1::int) n",
  values: [count],
});
/** Deletes records that nobody else has locked, of which the storm has plenty. */
const remove = (resource: string, count: number): Statement => ({
  text: `delete from crm.${resource} where id in (
    select id from crm.${resource} order by random() limit $1 for update skip locked)`,
  values: [count],
});
const talkers = (from: number, count: number) =>
  ingestContacts(Array.from({ length: count }, (_, i) => ({
    email: `p${from + i}@example.com`,
    message: "Hello",
    company_name: `Company ${(from + i) % 5}`,
  })));

function storm(database: Database, id: string, turn: number): Promise<unknown>[] {
  const write = (...statements: Statement[]) => database.write(claimsOf(id), statements);
  const failing = (...statements: Statement[]) =>
    expect(write(...statements, FAILING)).rejects.toThrow("division by zero");
  return [
    write(insertContacts(turn, 20)),
    write(insertContacts(turn, 3), insertContacts(turn, 3)),
    failing(insertContacts(1_000 + turn, 7), remove("contacts", 2)),
    write(insertCompanies(1 + turn % 4)),
    failing(insertCompanies(3)),
    write(talkers(turn * 2, 5)),
    write(remove("activities", 1 + turn % 3)),
    write({ text: "delete from crm.contacts where false", values: [] }),
    write({
      text:
        "update crm.companies set name = name || '!' where id in (select id from crm.companies limit 1)",
      values: [],
    }),
  ];
}

test("counts equal the records after a storm of inserts, deletes and rollbacks", async () => {
  const { id } = await testWorkspace();
  const databases = [apiDatabase({ size: 6 }), apiDatabase({ size: 6 })];
  const turns = Array.from({ length: 24 }, (_, turn) => storm(databases[turn % 2]!, id, turn));
  await Promise.all(turns.flat());

  const { counted, actual } = await totals(id);
  expect(Math.min(...Object.values(actual))).toBeGreaterThan(0);
  expect(counted).toEqual(actual);
});

test("deletes in parallel are counted once each", async () => {
  const { id } = await testWorkspace();
  const database = apiDatabase({ size: 10 });
  await database.write(claimsOf(id), [insertContacts(0, 200), insertCompanies(50), talkers(0, 60)]);
  const removals = Array.from({ length: 30 }, (_, i) => remove(RESOURCES[i % 3]!, 3));
  await Promise.all(removals.map((one) => database.write(claimsOf(id), [one])));
  const { counted, actual } = await totals(id);
  expect(counted).toEqual(actual);
  expect(actual.contacts).toBeGreaterThan(100);

  for (const resource of RESOURCES) {
    await database.write(claimsOf(id), [{ text: `delete from crm.${resource}`, values: [] }]);
  }
  expect(await totals(id)).toEqual({
    counted: { companies: 0, contacts: 0, activities: 0 },
    actual: { companies: 0, contacts: 0, activities: 0 },
  });
});

test("a workspace's records count for it alone", async () => {
  const [first, second] = [await testWorkspace(), await testWorkspace()];
  await asOwner(
    `insert into crm.contacts (workspace_id, email)
      select case when n < 4 then $1::uuid else $2::uuid end, n || '@example.com'
      from generate_series(1, 10) n`,
    [first.id, second.id],
  );
  await asOwner("delete from crm.contacts where email = '1@example.com' and workspace_id = $1", [
    first.id,
  ]);
  expect((await totals(first.id)).counted).toMatchObject({ contacts: 2 });
  expect((await totals(second.id)).counted).toMatchObject({ contacts: 7 });
});

test("deleting a workspace takes everything of it, while it is being written to", async () => {
  const { id } = await testWorkspace();
  const other = await testWorkspace();
  const database = apiDatabase({ size: 8 });
  await database.write(claimsOf(id), [insertContacts(0, 50), talkers(0, 20)]);
  await database.write(claimsOf(other.id), [insertContacts(0, 5)]);

  // A write may come before the deletion or be refused after it.
  const writes = Array.from(
    { length: 24 },
    (_, i) =>
      Promise.allSettled([
        database.write(claimsOf(id), [insertContacts(i * 100, 10), talkers(i * 100, 3)]),
      ]),
  );
  await Promise.all([...writes, asOwner("delete from crm.workspaces where id = $1", [id])]);

  const tables = await asOwner<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'workspace_id'
      where c.relnamespace = 'crm'::regnamespace and c.relkind = 'r'`,
  );
  expect(tables.length).toBeGreaterThan(6);
  for (const { name } of tables) {
    expect(await asOwner(`select from ${name} where workspace_id = $1`, [id]), name).toEqual([]);
  }
  const { counted, actual } = await totals(other.id);
  expect([counted, actual]).toEqual(Array(2).fill({ companies: 0, contacts: 5, activities: 0 }));
});
