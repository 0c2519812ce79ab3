import { beforeEach, expect, test } from "vitest";
import { enqueue } from "../../shared/jobs/enqueue.ts";
import { apiDatabase, session } from "../support/as-role.ts";
import { enqueued, noJobs, taken } from "../support/jobs.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";
import { afterwards, asOwner, databaseUrl, testWorkspace } from "../support/workspace.ts";

ownMigratedDatabase();
beforeEach(noJobs);

/** Gives a workspace jobs that have been due for a minute. */
async function due(workspaceId: string, count: number, kind = "a.kind"): Promise<void> {
  await asOwner(
    `insert into crm.jobs (workspace_id, kind, run_at)
      select $1, $3, now() - interval '1 minute' from generate_series(1, $2::int)`,
    [workspaceId, count, kind],
  );
}

const runningOf = async () =>
  (await asOwner<{ most: number }>(
    `select coalesce(max(running), 0)::int as most from (
      select count(*) as running from crm.jobs where status = 'running' group by workspace_id) each`,
  ))[0]!.most;

test("many that take at once get every job once, and never too many of a workspace", async () => {
  const each = 5;
  const workspaces = await Promise.all(Array.from({ length: 8 }, () => testWorkspace()));
  for (const { id } of workspaces) await due(id, 50);
  const database = apiDatabase({ size: 16 });
  const seen: string[] = [];
  let most = 0;
  const takers = Array.from({ length: 16 }, async () => {
    while (seen.length < 8 * 50) {
      const jobs = await taken(database, { most: 7, each });
      most = Math.max(most, await runningOf());
      seen.push(...jobs.map(({ id }) => id));
      const ids = jobs.map(({ id }) => id);
      await asOwner("delete from crm.jobs where id = any ($1)", [ids]);
    }
  });
  await Promise.all(takers);
  expect(await taken(database)).toEqual([]);
  expect(most).toBeLessThanOrEqual(each);
  expect(seen).toHaveLength(8 * 50);
  expect(new Set(seen).size).toBe(8 * 50);
});

test("a workspace with very many due jobs leaves every other its turn", async () => {
  const [busy, ...others] = await Promise.all(Array.from({ length: 6 }, () => testWorkspace()));
  const database = apiDatabase();
  await due(busy!.id, 100_000);
  for (const { id } of others) await enqueued(database, id, enqueue("a.kind", {}));
  const jobs = await taken(database, { most: 12, each: 10 });
  const from = (id: string) => jobs.filter(({ workspaceId }) => workspaceId === id).length;
  for (const { id } of others) expect(from(id)).toBe(1);
  // What is left over is no less for it.
  expect(from(busy!.id)).toBe(7);
});

test("jobs of more workspaces than are taken at once get their turn by chance", async () => {
  const workspaces = await Promise.all(Array.from({ length: 12 }, () => testWorkspace()));
  for (const { id } of workspaces) await due(id, 500);
  const database = apiDatabase();
  const served = new Set<string>();
  for (let turns = 0; turns < 200 && served.size < 12; turns++) {
    const jobs = await taken(database, { most: 3, each: 100 });
    for (const { workspaceId } of jobs) served.add(workspaceId);
  }
  expect(served.size).toBe(12);
});

test("what others are at is passed over rather than waited for", async () => {
  const [held, free] = [await testWorkspace(), await testWorkspace()];
  const [busy, open] = [await testWorkspace(), await testWorkspace()];
  for (const { id } of [held, free, busy, open]) await due(id, 1);
  const [row, advisory] = [
    await session(databaseUrl("adminUrl")),
    await session(databaseUrl("adminUrl")),
  ];
  for (const client of [row, advisory]) {
    await client.query("begin");
    afterwards(async () => void await client.query("rollback"));
  }
  await row.query("select from crm.jobs where workspace_id = $1 for update", [held.id]);
  await advisory.query("select pg_advisory_xact_lock(hashtextextended('crm.jobs ' || $1, 0))", [
    busy.id,
  ]);
  const jobs = await taken(apiDatabase());
  expect(jobs.map(({ workspaceId }) => workspaceId).sort()).toEqual([free.id, open.id].sort());
});
