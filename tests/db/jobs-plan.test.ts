import type pg from "pg";
import { beforeAll, expect, test } from "vitest";
import { rolledBack, session } from "../support/as-role.ts";
import { ownCluster } from "../support/own-cluster.ts";
import { asOwner, databaseUrl } from "../support/workspace.ts";

ownCluster();

const LATER = 60_000;
const DUE = 40_000;
const MINUTES = 60;
const OTHERS = 300;

let busy: string;

// Most jobs wait for a time to come, in every workspace; of one very many are due, also below jobs of a
// higher priority that are not. Of the others 20 have one that is due. None falls due while this runs.
beforeAll(async () => {
  await asOwner(
    "insert into crm.workspaces (slug, name) select 'w' || i, 'W' from generate_series(0, $1::int) i",
    [OTHERS],
  );
  const text = "select id from crm.workspaces where slug = 'w0'";
  busy = (await asOwner<{ id: string }>(text))[0]!.id;
  await asOwner(
    `insert into crm.jobs (workspace_id, kind, run_at, priority)
      select w.id, 'later', now() + i * interval '1 hour', case when i % 2 = 0 then 5 else 0 end
      from crm.workspaces w, generate_series(1, $1::int / $2) i`,
    [LATER, OTHERS],
  );
  await asOwner(
    `insert into crm.jobs (workspace_id, kind, run_at)
      select $1, 'due', now() - (i % $3::int) * interval '1 minute' from generate_series(1, $2::int) i`,
    [busy, DUE, MINUTES],
  );
  await asOwner(
    `insert into crm.jobs (workspace_id, kind, run_at, priority)
      select $1, 'later', now() + i * interval '1 hour', 9 from generate_series(1, 1000) i`,
    [busy],
  );
  await asOwner(
    `insert into crm.jobs (workspace_id, kind)
      select id, 'due' from crm.workspaces where slug ~ '^w([1-9]|1.|20)$'`,
  );
  await asOwner("vacuum analyze crm.jobs");
});

const READ = `select seq_tup_read::int as whole, coalesce(idx_tup_fetch, 0)::int as rows
  from pg_stat_xact_user_tables where relname = 'jobs'`;

/** How many jobs a statement read, from end to end and by index, and what it answered. */
async function reads(client: pg.Client, text: string) {
  return await rolledBack(client, async () => {
    // The counts may be those of the session's earlier transactions too.
    const { rows: [before] } = await client.query(READ);
    const { rows } = await client.query(text);
    const { rows: [after] } = await client.query(READ);
    return {
      rows,
      read: { whole: after.whole - before.whole, rows: after.rows - before.rows },
    };
  });
}

test("taking jobs reads a few of very many, also once it is prepared", async () => {
  const client = await session(databaseUrl("adminUrl"));
  for (let turns = 0; turns < 7; turns++) {
    const { rows, read } = await reads(client, "select * from app.take_jobs(30, 4, 60)");
    expect(rows).toHaveLength(20 + 4);
    expect(read.whole).toBe(0);
    // A job of each minute and workspace, then those taken: looked for, locked, written, counted.
    expect(read.rows).toBeLessThan(3_000);
  }
});

test.each([
  ["whether there is anything to do", "select app.work_is_due() as due", [{ due: true }], 5],
  [
    "what is dead for long",
    "select dead_jobs from app.housekeep(100)",
    [{ dead_jobs: 0 }],
    5,
  ],
])("%s is told by index", async (_, text, answer, most) => {
  const { rows, read } = await reads(await session(databaseUrl("adminUrl")), text);
  expect(rows).toEqual(answer);
  expect(read.whole).toBe(0);
  expect(read.rows).toBeLessThanOrEqual(most);
});
