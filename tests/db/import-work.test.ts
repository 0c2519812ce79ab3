import { beforeEach, expect, test } from "vitest";
import { works } from "../../functions/worker/works.ts";
import { StagedRows } from "../../shared/bulk/staged-rows.ts";
import {
  importCompleted,
  importCreation,
  importPutOff,
  nextBatches,
} from "../../shared/crm/import-jobs.ts";
import { writtenId } from "../../shared/crm/views/statements.ts";
import type { Database } from "../../shared/db/database.ts";
import { sql, statement } from "../../shared/db/sql.ts";
import { Workspace } from "../../shared/db/workspace.ts";
import { fileStore } from "../../shared/files/store.ts";
import type { Job } from "../../shared/jobs/job.ts";
import { type JobOutcome, runJob } from "../../shared/jobs/run-job.ts";
import { apiDatabase } from "../support/as-role.ts";
import { cutOffAfter } from "../support/cut-off.ts";
import { endLeases, jobsOf, noJobs, taken } from "../support/jobs.ts";
import { lioUser } from "../support/lio.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";
import { SERVICES } from "../support/test-worker.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

ownMigratedDatabase();
beforeEach(noJobs);

/** Runs a job that was taken, for at most so many seconds. */
async function run(database: Database, job: Job | undefined, seconds = 60): Promise<JobOutcome> {
  const load = works["leads.import"];
  if (job === undefined || load === undefined) throw new Error("there is no such job");
  return (await runJob(database, job, await load(), SERVICES, seconds)).outcome;
}

/** An import of rows of a last name each, and a phone, or an email, that every tenth lacks. */
async function importWorld(count: number, column: "phone_number" | "email" = "phone_number") {
  const { id } = await testWorkspace();
  const { id: userId } = await lioUser({ id }, "manager");
  const database = apiDatabase({ size: 8 });
  const actor = { kind: "user" as const, id: userId };
  const workspace = new Workspace(database, { workspaceId: id, actor, scopes: [], requestId: id });
  const cells = Array.from(
    { length: count },
    (_, n) => [n % 10 === 9 ? "" : identity[column](n), `${n}`],
  );
  const staged = new StagedRows(
    (async function* () {
      yield* cells;
    })(),
    count,
    () => {
      throw new Error("too many");
    },
  );
  const { id: bytesId } = await fileStore(workspace, {}).write(staged.bytes);
  const columns = [column, "last_name"];
  const options = { columns, tags: [], assigned_to: null, on_existing: "refuse" as const };
  const making = importCreation({ fileName: "a.csv", userId, options, rows: count, bytesId });
  await workspace.write([
    statement(sql`with written as (${making})
      select set_config('app.written_id', (select id::text from written), true)`),
    statement(nextBatches(writtenId)),
  ]);
  const row = async () =>
    (await asOwner<Record<string, unknown>>(
      `select status, waits_until, processed_rows, created_rows, failed_rows, jsonb_array_length(errors) as errors,
         bytes_id, (select count(*)::int from crm.stored_bytes where workspace_id = $1) as files,
         (select count(distinct last_name)::int from crm.leads where workspace_id = $1) as leads,
         (select count(*)::int from crm.leads where workspace_id = $1) as all
       from crm.import_jobs where workspace_id = $1`,
      [id],
    ))[0];
  return { id, database, row };
}

const identity = {
  phone_number: (n: number) => `+4930${1000 + n}`,
  email: (n: number) => `p${n}@acme.example`,
};

/** Takes the job that goes on with an import, whenever it is due. */
async function next(database: Database): Promise<Job | undefined> {
  await asOwner(
    "update crm.jobs set run_at = now() where kind = 'leads.import' and status = 'waiting'",
  );
  return (await taken(database)).find(({ kind }) => kind === "leads.import");
}

test("an import that is killed amid its rows goes on where it was, and makes each lead once", async () => {
  const { id, database, row } = await importWorld(350);
  const [first] = await taken(database);
  expect(await run(cutOffAfter(database, 2), first)).toBe("retry");
  expect(await row()).toMatchObject({ status: "processing", processed_rows: 200, all: 180 });
  // Two runs have it, of which one was thought to be gone.
  const second = await next(database);
  await endLeases();
  const third = await next(database);
  const outcomes = await Promise.all([run(database, second), run(database, third)]);
  expect(outcomes).toContain("lost");
  for (let left = await next(database); left; left = await next(database)) {
    await run(database, left);
  }
  expect(await row()).toEqual({
    status: "completed",
    waits_until: null,
    processed_rows: 350,
    created_rows: 315,
    failed_rows: 35,
    errors: 35,
    bytes_id: null,
    files: 0,
    leads: 315,
    all: 315,
  });
  expect(await jobsOf(id)).toEqual([]);
});

test("an import whose job is given up has failed, and its rows are gone", async () => {
  const { database, row } = await importWorld(3);
  await asOwner("update crm.jobs set attempts = 20");
  const [job] = await taken(database);
  expect(await run(database, job)).toBe("dead");
  expect(await row()).toMatchObject({ status: "failed", bytes_id: null, files: 0, all: 0 });
});

test("an import that uses up the day's new contacts waits for the next day, and loses no row", async () => {
  const { id, database, row } = await importWorld(40, "email");
  const limit = (to: number) =>
    asOwner("update crm.workspaces set contacts_per_day = $2 where id = $1", [id, to]);
  const waiting = async () => {
    const [job] = await jobsOf(id);
    // The next day, if that comes sooner.
    const untilTomorrow = (86_400_000 - Date.now() % 86_400_000) / 1_000;
    const least = Math.min(800, untilTomorrow - 100);
    return [job?.status, job && job.due_in > least && job.due_in <= 900];
  };
  await limit(15);
  expect(await run(database, await next(database))).toBe("done");
  const [{ tomorrow } = { tomorrow: null }] = await asOwner<{ tomorrow: unknown }>(
    "select date_trunc('day', now(), 'UTC') + interval '1 day' as tomorrow",
  );
  // The row without an email before the sixteenth is told of, those behind it are not.
  const full = {
    status: "processing",
    waits_until: tomorrow,
    processed_rows: 16,
    all: 15,
    errors: 1,
  };
  expect(await row()).toMatchObject(full);
  expect(await waiting()).toEqual(["waiting", true]);

  expect(await run(database, await next(database))).toBe("done");
  expect(await row()).toMatchObject(full);
  await limit(18);
  expect(await run(database, await next(database))).toBe("done");
  expect(await row()).toMatchObject({ waits_until: tomorrow, processed_rows: 20, all: 18 });

  await limit(100);
  expect(await run(database, await next(database))).toBe("done");
  expect(await row()).toMatchObject({
    status: "completed",
    waits_until: null,
    processed_rows: 40,
    created_rows: 36,
    failed_rows: 4,
    all: 36,
    files: 0,
  });
  expect(await jobsOf(id)).toEqual([]);
});

test("an import that failed meanwhile stays so", async () => {
  const { id, row } = await importWorld(1);
  const [made] = await asOwner<{ id: string }>(
    "update crm.import_jobs set status = 'failed' where workspace_id = $1 returning id",
    [id],
  );
  for (const query of [importPutOff, importCompleted]) {
    const { text, values } = statement(query(String(made?.id)));
    await asOwner(text, [...values]);
    expect(await row()).toMatchObject({ status: "failed", waits_until: null });
  }
});
