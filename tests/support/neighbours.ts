import { expect } from "vitest";
import { apiDatabase, attempt, claimsOf } from "./as-role.ts";
import { fillWorkspace, grantedTables, rowsOf } from "./tenant-tables.ts";
import { asOwner, type TestWorkspace, testWorkspace } from "./workspace.ts";

/** Tables that only functions reach; `fillWorkspace` leaves them empty. */
const BEHIND_FUNCTIONS = ["crm.daily_usage", "crm.invoice_numbers"];

/** A workspace at its limits with a row of every kind: one for all tests of a file, as none may change it. */
interface FullWorkspace {
  theirs: TestWorkspace;
  foreign: Record<string, string>;
  state(): Promise<unknown>;
  before: unknown;
}

let shared: Promise<FullWorkspace> | undefined;

/**
 * An empty workspace and one at its limits; `unchanged` checks that the latter still
 * is as it was.
 */
export async function emptyAndFull() {
  const { theirs, foreign, state, before } = await (shared ??= fullWorkspace());
  const mine = await testWorkspace();
  const database = apiDatabase();
  return {
    mine,
    theirs,
    foreign,
    database,
    call: (text: string, ...values: unknown[]) =>
      attempt(database, claimsOf(mine.id), { text, values }),
    unchanged: async () => expect(await state()).toEqual(before),
  };
}

async function fullWorkspace(): Promise<FullWorkspace> {
  const theirs = await testWorkspace();
  const foreign = await fillWorkspace(theirs.id);
  await bringToItsLimits(theirs.id);
  const tables = await grantedTables();
  const state = async () => ({
    rows: await Promise.all(tables.map((table) => rowsOf(table, theirs.id))),
    behind: await Promise.all(
      BEHIND_FUNCTIONS.map((name) =>
        asOwner(`select * from ${name} where workspace_id = $1`, [theirs.id])
      ),
    ),
  });
  return { theirs, foreign, state, before: await state() };
}

async function bringToItsLimits(id: string): Promise<void> {
  await asOwner(
    `insert into crm.daily_usage (workspace_id, day, contacts, activities)
      values ($1, app.utc_today(), 10000, 50000)`,
    [id],
  );
  await asOwner("insert into crm.invoice_numbers values ($1, 2026, 7)", [id]);
}
