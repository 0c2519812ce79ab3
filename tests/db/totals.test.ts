import { expect, test } from "vitest";
import { apiUrlWith, claimsOf, rolledBack, session } from "../support/as-role.ts";
import {
  insertCompanies,
  insertConnectors,
  insertContacts,
  insertInvoices,
  insertPipelines,
  insertTitled,
  insertUsers,
  remove,
  talkers,
} from "../support/bulk-writes.ts";
import { countedFields, countedTables, LISTED, totalsOf } from "../support/counted-resources.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";
import { asOwner, databaseUrl, testWorkspace } from "../support/workspace.ts";
import { storm, writersOf } from "../support/write-storm.ts";

// Counting anew locks whole tables.
ownMigratedDatabase();

/** What a workspace is made with. */
const NEW = { lookups: 17, pipelines: 1, stages: 6 };

test("a new workspace has a pipeline with its stages, and they are counted", async () => {
  const { counted, actual } = await totalsOf((await testWorkspace()).id);
  expect([counted, actual]).toEqual([NEW, NEW]);
});

test("counts equal the records after a storm of inserts, deletes and rollbacks", async () => {
  const { id } = await testWorkspace();
  const writers = [writersOf(id, 5), writersOf(id, 5)];
  // A write waits at most 10 s for its turn, so that they do not all come at once.
  for (let turn = 0; turn < 16; turn += 4) {
    const turns = [0, 1, 2, 3].map((i) => storm(writers[i % 2]!, turn + i));
    await Promise.all(turns.flat());
  }

  const { counted, actual } = await totalsOf(id);
  expect(counted).toEqual(actual);
  expect(Object.keys(actual)).toEqual(expect.arrayContaining(await countedTables()));
  for (const { name, counted: fields = [] } of LISTED) {
    for (const field of fields) {
      const values = Object.keys(actual).filter((key) => key.startsWith(`${name}.${field}=`));
      expect(values.length, `${name}.${field}`).toBeGreaterThan(1);
    }
  }
});

test("deletes in parallel are counted once each", async () => {
  const { id } = await testWorkspace();
  const [writeTo, tables] = [writersOf(id, 8), await countedTables()];
  await writeTo()(insertContacts(0, 200), insertCompanies(50), talkers(0, 60), insertInvoices(40));
  await writeTo()(insertTitled("deals", 40), insertTitled("tasks", 40));
  await writeTo()(insertConnectors(40));
  await writeTo("users")(insertUsers(0, 40), insertPipelines(40));
  const removals = tables.flatMap((resource) => Array(10).fill(resource));
  await Promise.all(removals.map((resource) => writeTo(resource)(remove(resource, 3))));
  const { counted, actual } = await totalsOf(id);
  expect(counted).toEqual(actual);
  expect(actual.contacts).toBeGreaterThan(100);
  expect(actual.stages).toBeLessThan(126 - 30);

  for (const resource of tables) {
    const text = `delete from crm.${resource} where workspace_id = app.workspace_id()`;
    await writeTo(resource)({ text, values: [] });
  }
  const { lookups } = NEW;
  expect(await totalsOf(id)).toEqual({ counted: { lookups }, actual: { lookups } });
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
  expect((await totalsOf(first.id)).counted).toMatchObject({ contacts: 2 });
  expect((await totalsOf(second.id)).counted).toMatchObject({ contacts: 7 });
});

test("deleting a workspace takes everything of it, while it is being written to", async () => {
  const { id } = await testWorkspace();
  const other = await testWorkspace();
  const [writeTo, writeToOther] = [writersOf(id, 8), writersOf(other.id, 1)];
  const some = (from: number, count: number) => [
    insertContacts(from, count),
    talkers(from, count >> 2),
    insertTitled("deals", count),
    insertTitled("tasks", count),
    insertInvoices(count),
  ];
  await writeTo()(...some(0, 50));
  await writeTo("users")(insertUsers(0, 5), insertPipelines(5));
  await writeToOther()(insertContacts(0, 5), insertTitled("deals", 3));

  // A write may come before the deletion or be refused after it.
  const writes = Array.from(
    { length: 24 },
    (_, i) =>
      Promise.allSettled([
        i % 4 ? writeTo()(...some(i * 100, 12)) : writeTo("users")(insertPipelines(3)),
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
  const { counted, actual } = await totalsOf(other.id);
  expect(counted).toEqual(actual);
  expect(counted).toMatchObject({ ...NEW, contacts: 5, deals: 3, "deals.stage=Lead": 3 });
});

test("writers of a workspace do not wait for each other, in whatever order they count", async () => {
  const { id } = await testWorkspace();
  const url = apiUrlWith({ lock_timeout: "10000" });
  const clients = await Promise.all(Array.from({ length: 6 }, () => session(url)));
  for (const client of clients) {
    await client.query("begin");
    await client.query("select set_config('request.jwt.claims', $1, true)", [
      JSON.stringify(claimsOf(id)),
    ]);
  }
  const writes = ["deals", "tasks"].map((table) => insertTitled(table, 1));
  for (const [n, client] of clients.entries()) {
    const { text, values } = writes[n % 2]!;
    await client.query(text, [...values]);
  }
  for (const [n, client] of clients.entries()) {
    const { text, values } = writes[(n + 1) % 2]!;
    await client.query(text, [...values]);
    await client.query("update crm.deals set status = 'lost'");
  }
  for (const client of clients) await client.query("commit");
  expect((await totalsOf(id)).counted).toMatchObject({
    deals: 6,
    tasks: 6,
    "deals.status=lost": 6,
  });
  const slots = "select max(slot)::int as last from crm.record_counts where workspace_id = $1";
  expect(await asOwner(slots, [id])).toEqual([{ last: 5 }]);
});

test("writes one after another share a slot, whoever writes", async () => {
  const { id } = await testWorkspace();
  for (let n = 0; n < 3; n++) await writersOf(id, 1)()(insertTitled("deals", 1));
  const slots = "select distinct slot from crm.record_counts where workspace_id = $1";
  expect(await asOwner(slots, [id])).toEqual([{ slot: 0 }]);
});

test("what was there before is counted when counting begins", async () => {
  const { id } = await testWorkspace();
  await Promise.all(storm(writersOf(id, 4), 1));
  const { actual } = await totalsOf(id);
  const owner = await session(databaseUrl("adminUrl"));
  for (const { name } of LISTED) {
    const recounted = await rolledBack(owner, async () => {
      await owner.query("call app.count_by($1, $2)", [name, countedFields(name)]);
      const { rows } = await owner.query<{ total: number }>(
        `select sum(records)::int as total from crm.record_counts
          where workspace_id = $1 and resource = $2 and slot = 0 group by field, value`,
        [id, name],
      );
      return rows.map(({ total }) => total).sort();
    });
    const there = Object.entries(actual).filter(([key]) => key.split(".")[0] === name);
    expect(recounted, name).toEqual(there.map(([, total]) => total).sort());
  }
});
