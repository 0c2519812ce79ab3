import { expect, inject, test } from "vitest";
import type { Statement } from "../../shared/db/pipeline.ts";
import { apiDatabase, claimsOf } from "../support/as-role.ts";
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
import { asOwner, testWorkspace } from "../support/workspace.ts";

/** Every table that keeps a total, and those that only the owner may write. */
const RESOURCES = (await asOwner<{ name: string }>(
  `select relname as name from pg_class c join pg_trigger t on t.tgrelid = c.oid
    where relnamespace = 'crm'::regnamespace and tgname = 'count_inserted' order by 1`,
)).map(({ name }) => name);
const OWNERS = new Set(["pipelines", "stages", "users"]);
const NONE = Object.fromEntries(RESOURCES.map((resource) => [resource, 0]));
/** What a workspace is made with. */
const NEW = { ...NONE, pipelines: 1, stages: 6 };
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
  return {
    counted: {
      ...NONE,
      ...Object.fromEntries(counted.map(({ resource, total }) => [resource, total])),
    },
    actual: Object.fromEntries(actual),
  };
}

type Write = (...statements: Statement[]) => Promise<unknown>;

/** Writes of a workspace as the API, or as the owner to what the API may only read. */
function writersOf(id: string, size: number): (resource?: string) => Write {
  const as = (url: string): Write => {
    const database = apiDatabase({ size, url });
    return (...statements) => database.write(claimsOf(id), statements);
  };
  const [api, owner] = [as(inject("apiUrl")), as(inject("adminUrl"))];
  return (resource = "") => OWNERS.has(resource) ? owner : api;
}

function storm(writeTo: (resource?: string) => Write, turn: number): Promise<unknown>[] {
  const [write, own] = [writeTo(), writeTo("users")];
  const failing = (writing: Write, ...statements: Statement[]) =>
    expect(writing(...statements, FAILING)).rejects.toThrow("division by zero");
  return [
    write(insertContacts(turn, 20)),
    write(insertContacts(turn, 3), insertContacts(turn, 3)),
    failing(write, insertContacts(1_000 + turn, 7), remove("contacts", 2)),
    write(insertCompanies(1 + turn % 4)),
    failing(write, insertCompanies(3)),
    write(talkers(turn * 2, 5)),
    write(remove("activities", 1 + turn % 3)),
    write(insertTitled("deals", 4), insertTitled("tasks", 3), insertInvoices(1 + turn % 3)),
    failing(write, insertInvoices(2), insertTitled("deals", 1), remove("tasks", 1)),
    write(remove("deals", 1), remove("tasks", 1), remove("invoices", 1)),
    write(insertConnectors(3), remove("connectors", 1), remove("connector_deliveries", 1)),
    failing(write, insertConnectors(2), remove("connectors", 1)),
    own(insertUsers(turn, 4), insertPipelines(2)),
    failing(own, insertPipelines(1), remove("users", 1)),
    own(remove("users", 1), remove("stages", 1)),
    own({
      text: `delete from crm.pipelines where id in (select id from crm.pipelines
        where workspace_id = app.workspace_id() and not is_default
        order by random() limit 1 for update skip locked)`,
      values: [],
    }),
    write({ text: "delete from crm.contacts where false", values: [] }),
    write({
      text:
        "update crm.companies set name = name || '!' where id in (select id from crm.companies limit 1)",
      values: [],
    }),
  ];
}

test("a new workspace has a pipeline with its stages, and they are counted", async () => {
  const { counted, actual } = await totals((await testWorkspace()).id);
  expect([counted, actual]).toEqual([NEW, NEW]);
});

test("counts equal the records after a storm of inserts, deletes and rollbacks", async () => {
  const { id } = await testWorkspace();
  const writers = [writersOf(id, 5), writersOf(id, 5)];
  const turns = Array.from({ length: 24 }, (_, turn) => storm(writers[turn % 2]!, turn));
  await Promise.all(turns.flat());

  const { counted, actual } = await totals(id);
  expect(Math.min(...Object.values(actual))).toBeGreaterThan(0);
  expect(counted).toEqual(actual);
});

test("deletes in parallel are counted once each", async () => {
  const { id } = await testWorkspace();
  const writeTo = writersOf(id, 8);
  await writeTo()(insertContacts(0, 200), insertCompanies(50), talkers(0, 60), insertInvoices(40));
  await writeTo()(insertTitled("deals", 40), insertTitled("tasks", 40));
  await writeTo()(insertConnectors(40));
  await writeTo("users")(insertUsers(0, 40), insertPipelines(40));
  const removals = RESOURCES.flatMap((resource) => Array(10).fill(resource));
  await Promise.all(removals.map((resource) => writeTo(resource)(remove(resource, 3))));
  const { counted, actual } = await totals(id);
  expect(counted).toEqual(actual);
  expect(actual.contacts).toBeGreaterThan(100);
  expect(actual.stages).toBeLessThan(126 - 30);

  for (const resource of RESOURCES) {
    const text = `delete from crm.${resource} where workspace_id = app.workspace_id()`;
    await writeTo(resource)({ text, values: [] });
  }
  expect(await totals(id)).toEqual({ counted: NONE, actual: NONE });
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
  const { counted, actual } = await totals(other.id);
  expect([counted, actual]).toEqual(Array(2).fill({ ...NEW, contacts: 5, deals: 3 }));
});
