import { beforeEach, expect, test } from "vitest";
import { works } from "../../functions/worker/works.ts";
import type { Database } from "../../shared/db/database.ts";
import type { Job } from "../../shared/jobs/job.ts";
import { type JobOutcome, runJob } from "../../shared/jobs/run-job.ts";
import { apiDatabase } from "../support/as-role.ts";
import { endLeases, jobsOf, noJobs, taken } from "../support/jobs.ts";
import { lioUser } from "../support/lio.ts";
import { someExport } from "../support/lio-exports.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";
import { SERVICES } from "../support/test-worker.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

ownMigratedDatabase();
beforeEach(noJobs);

const LEADS = 4;

/** Runs a job that was taken. */
async function run(database: Database, job: Job | undefined): Promise<JobOutcome> {
  const load = works["exports.write"];
  if (job === undefined || load === undefined) throw new Error("there is no such job");
  return (await runJob(database, job, await load(), SERVICES, 60)).outcome;
}

/** A workspace with leads that have half a megabyte each, and an export that a job is to write. */
async function exportWorld({ leads = 0, filters = {} }: { leads?: number; filters?: object }) {
  const { id } = await testWorkspace();
  const user = await lioUser({ id }, "manager");
  await asOwner(
    `insert into crm.leads (workspace_id, pipeline_id, first_name, custom_fields)
     select $1, p.id, 'Lead ' || n, (
       select jsonb_object_agg('key ' || k, repeat('x', 5000)) from generate_series(1, 99) k)
     from crm.pipelines p, generate_series(1, $2::int) n where p.workspace_id = $1 order by n`,
    [id, leads],
  );
  await noJobs();
  const number = await someExport(id, user.id);
  await asOwner("update crm.exports set filters = $2 where workspace_id = $1", [id, filters]);
  await asOwner(
    `select app.enqueue_job('exports.write', jsonb_build_object('export_id', id),
       p_workspace => workspace_id) from crm.exports where workspace_id = $1`,
    [id],
  );
  const row = async () =>
    (await asOwner<Record<string, unknown>>(
      `select status, row_count, array(select convert_from(piece, 'UTF8') from crm.stored_pieces p
         where p.workspace_id = e.workspace_id order by position) as parts
       from crm.exports e where e.workspace_id = $1`,
      [id],
    ))[0];
  return { id, user, number, row, database: apiDatabase() };
}

test("an export is written in pieces of bounded size, each once, whoever is killed meanwhile", async () => {
  const { id, row, database } = await exportWorld({ leads: LEADS });
  const outcomes: JobOutcome[] = [];
  for (;;) {
    // The first to take a piece goes away with it, or comes back with it when another has done it.
    const [killed] = await taken(database);
    if (killed === undefined) break;
    await endLeases();
    const [second] = await taken(database);
    expect(await run(database, second)).toBe("done");
    outcomes.push(await run(database, killed));
  }
  // After the last piece there is nothing left to do.
  expect(outcomes).toEqual(["lost", "lost", "done"]);
  const { status, row_count, parts } = await row() as {
    status: string;
    row_count: number;
    parts: string[];
  };
  expect({ status, row_count, jobs: await jobsOf(id) }).toEqual({
    status: "completed",
    row_count: LEADS,
    jobs: [],
  });
  // Three leads fill a piece, which is more than the store takes at once.
  expect(parts).toHaveLength(3);
  const [header, ...lines] = parts.join("").split("\r\n");
  expect(header?.split(",").slice(-2)).toEqual(["custom_fields.key 98", "custom_fields.key 99"]);
  expect(lines.slice(0, -1).map((line) => line.split(",")[1]))
    .toEqual(Array.from({ length: LEADS }, (_, n) => `Lead ${n + 1}`));
});

test("an export whose user is gone, or whose filters are none any more, has failed", async () => {
  const gone = await exportWorld({});
  await asOwner("update crm.users set status = 'inactive' where id = $1", [gone.user.id]);
  const [job] = await taken(gone.database);
  expect(await run(gone.database, job)).toBe("dead");
  expect(await gone.row()).toEqual({ status: "failed", row_count: 0, parts: [] });
  const wrong = await exportWorld({ filters: { town: "Oslo" } });
  const [other] = await taken(wrong.database);
  expect(await run(wrong.database, other)).toBe("dead");
  expect(await wrong.row()).toMatchObject({ status: "failed" });
  const told = await asOwner(
    "select title, subject_id::int from crm.notifications where user_id = $1",
    [
      wrong.user.id,
    ],
  );
  expect(told).toEqual([{ title: "The export of leads failed", subject_id: wrong.number }]);
});
