import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { apiDatabase, attempt, claimsOf } from "../support/as-role.ts";
import {
  fillWorkspace,
  type GrantedTable,
  grantedTables,
  grantedViews,
  rowsOf,
  someRecord,
} from "../support/tenant-tables.ts";
import { testWorkspace } from "../support/workspace.ts";

const DENIED = "42501";
const NO_SUCH_RECORD = "23503";
const STILL_LINKED = NO_SUCH_RECORD;
const tables = await grantedTables();
const views = await grantedViews();
const links = tables.filter(({ privileges }) => privileges.includes("update"))
  .flatMap((table) => table.links.map((link) => ({ ...link, name: table.name })));

/** A workspace with a row of every kind. */
async function full() {
  const { id } = await testWorkspace();
  return { id, rows: await fillWorkspace(id) };
}

let ours: ReturnType<typeof full> | undefined;
let others: ReturnType<typeof full> | undefined;

/**
 * A full workspace, another like it, and a way to try SQL as the first. Tests share them, but for the first
 * where they delete what is theirs.
 */
async function twoWorkspaces(mineIsShared = true) {
  const mine = await (mineIsShared ? ours ??= full() : full());
  const theirs = await (others ??= full());
  const database = apiDatabase();
  const tryAs = (workspaceId: string) => (text: string, ...values: unknown[]) =>
    attempt(database, claimsOf(workspaceId), { text, values });
  const rehearsed = (text: string, ...values: unknown[]) =>
    attempt(database, claimsOf(mine.id), { text, values }, true);
  const run = tryAs(mine.id);
  return { mine, theirs, own: mine.rows, foreign: theirs.rows, tryAs, run, rehearsed };
}

/** An insert of columns of the row given as its first value. */
function insertOf({ name, columns }: GrantedTable, without: string[] = []): string {
  const list = columns.filter((column) => !without.includes(column)).join(", ");
  return `insert into ${name} (${list}) select ${list} from jsonb_populate_record(null::${name}, $1)`;
}

/** The row with another key, and other values where no two rows may have the same. */
function fresh(table: GrantedTable, row: Record<string, unknown>): Record<string, unknown> {
  const { key, unique } = table;
  const changed = [...key, ...unique].filter((column) => typeof row[column] === "string");
  // Of what may be the primary one there is one already.
  const second = "is_primary" in row ? { is_primary: false } : {};
  const own = Object.fromEntries(changed.map((column) => [column, randomUUID()]));
  return { ...row, ...own, ...second };
}

test("the API's role reaches some tables", () => {
  expect(tables.map(({ name }) => name)).toContain("crm.contacts");
  expect(views.map(({ name }) => name)).toContain("crm.pipelines_with_stages");
  expect(links.length).toBeGreaterThan(0);
});

test.each([...tables, ...views])("$name: only a workspace's own rows are read", async (table) => {
  const { mine, theirs, run } = await twoWorkspaces();
  const own = await rowsOf(table, mine.id);
  expect(own).not.toEqual([]);
  expect(await rowsOf(table, theirs.id)).toHaveLength(own.length);

  const select = `select to_jsonb(t) as row from ${table.name} t`;
  expect(await run(`${select} order by t`)).toEqual(own.map((row) => ({ row })));
  expect(await run(`${select} where ${table.tenant} = $1`, theirs.id)).toEqual([]);
});

test.each(tables)(
  "$name: another workspace's rows are neither changed nor deleted",
  async (table) => {
    const { mine, theirs, run } = await twoWorkspaces(false);
    const [before, own] = [await rowsOf(table, theirs.id), await rowsOf(table, mine.id)];
    const refused = (privilege: string, rows: unknown) =>
      table.privileges.includes(privilege) ? rows : DENIED;
    const touched = own.map(() => ({ touched: 1 }));
    const { name, tenant } = table;
    const column = table.columns.find((each) => each !== tenant)!;

    const update = `update ${name} set ${column} = ${column}`;
    expect(await run(`${update} where ${tenant} = $1 returning 1 as touched`, theirs.id))
      .toEqual(refused("update", []));
    expect(await run(`${update} returning 1 as touched`)).toEqual(refused("update", touched));
    expect(await run(`update ${name} set ${tenant} = $1`, theirs.id)).toBe(DENIED);
    expect(await run(`delete from ${name} where ${tenant} = $1 returning 1 as touched`, theirs.id))
      .toEqual(refused("delete", []));
    expect(await run(`delete from ${name} returning 1 as touched`)).toEqual(
      refused("delete", table.held ? STILL_LINKED : touched),
    );
    expect(await run(`truncate ${name} cascade`)).toBe(DENIED);
    expect(await rowsOf(table, theirs.id)).toEqual(before);
  },
);

test.each(tables)("$name: nothing is inserted into another workspace", async (table) => {
  const { theirs, run } = await twoWorkspaces();
  const before = await rowsOf(table, theirs.id);
  const row = before.at(-1);
  const key = [...new Set([table.tenant, ...table.key])];
  const onKey = `on conflict (${key.join(", ")})`;
  const overwrite = `${onKey} do update set ${key[0]} = excluded.${key[0]}`;

  expect(await run(insertOf(table), fresh(table, row!))).toBe(DENIED);
  expect(await run(insertOf(table), row)).toBe(DENIED);
  expect(await run(`${insertOf(table)} ${onKey} do nothing`, row)).toBe(DENIED);
  expect(await run(`${insertOf(table)} ${overwrite}`, row)).toBe(DENIED);
  expect(await rowsOf(table, theirs.id)).toEqual(before);
});

/** Found before a workspace is known, so that their ids or links are unique over all. */
const UNIQUE_OVER_ALL = new Set(["crm.connector_tokens", "crm.form_tokens", "crm.forms"]);

test.each(
  tables.filter(({ name, privileges }) =>
    privileges.includes("insert") && !UNIQUE_OVER_ALL.has(name)
  ),
)(
  "$name: a row with the ids and values of another workspace's is one's own",
  async (table) => {
    const { theirs, tryAs } = await twoWorkspaces();
    const before = await rowsOf(table, theirs.id);
    const empty = await testWorkspace();
    const row = { ...before.at(-1) };
    for (const link of table.links.filter(({ required }) => required)) {
      row[link.column] = await someRecord(link.table, empty.id);
    }
    const unlinked = table.links.flatMap(({ column, required }) => required ? [] : column);
    // Without a workspace of its own, the row gets that of the claims.
    const insert = insertOf(table, ["workspace_id", ...unlinked]);
    expect(await tryAs(empty.id)(`${insert} returning workspace_id`, row))
      .toEqual([{ workspace_id: empty.id }]);
    expect(await rowsOf(table, theirs.id)).toEqual(before);
  },
);

test.each(links)(
  "$name, $column: another workspace's record cannot be linked, nor told from none",
  async ({ name, column, table: target }) => {
    const table = tables.find((each) => each.name === name)!;
    const { mine, own, foreign, run, rehearsed } = await twoWorkspaces();
    const rows = await rowsOf(table, mine.id);
    const update = `update ${name} set ${column} = $1 returning ${column}`;

    for (const id of [foreign[target], randomUUID()]) {
      expect(await run(update, id)).toBe(NO_SUCH_RECORD);
      const copy = { ...fresh(table, rows.at(-1)!), [column]: id };
      expect(await run(insertOf(table), copy)).toBe(NO_SUCH_RECORD);
    }
    expect(await rehearsed(update, own[target])).toEqual(
      rows.map(() => ({ [column]: own[target] })),
    );
  },
);
