import { beforeEach, expect, test } from "vitest";
import { works } from "../../functions/worker/works.ts";
import { draftsBegun } from "../../shared/crm/email-drafts.ts";
import type { Database } from "../../shared/db/database.ts";
import { statement } from "../../shared/db/sql.ts";
import { Workspace } from "../../shared/db/workspace.ts";
import type { Job } from "../../shared/jobs/job.ts";
import { type JobOutcome, runJob } from "../../shared/jobs/run-job.ts";
import { apiDatabase } from "../support/as-role.ts";
import { cutOffAfter } from "../support/cut-off.ts";
import { endLeases, jobsOf, noJobs, taken } from "../support/jobs.ts";
import { lioUser } from "../support/lio.ts";
import { creditsOf } from "../support/lio-drafts.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";
import { openAiApi } from "../support/providers/openai-api.ts";
import { SERVICES } from "../support/test-worker.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

ownMigratedDatabase();
beforeEach(noJobs);

const BOOM = { status: 500, body: { error: { message: "boom", code: null } } };
const REFUSED = { status: 400, body: { error: { message: "no", code: "content_policy" } } };

/** Drafting for leads, begun by a user. */
async function drafting(leads: number, role: "admin" | "rep" = "admin") {
  const { id } = await testWorkspace();
  const { id: userId } = await lioUser({ id }, role);
  const ai = await openAiApi();
  const database = apiDatabase({ size: 8 });
  const made = await asOwner<{ number: string }>(
    `insert into crm.leads (workspace_id, pipeline_id, first_name, assigned_to)
     select p.workspace_id, p.id, 'Lead ' || n, $3 from crm.pipelines p, generate_series(1, $2::int) n
     where p.workspace_id = $1 and p.is_default order by n returning number`,
    [id, leads, userId],
  );
  const numbers = made.map(({ number }) => Number(number));
  const workspace = new Workspace(database, {
    workspaceId: id,
    actor: { kind: "user", id: userId },
    scopes: [],
    requestId: id,
    userRole: role === "rep" ? "rep" : "admin",
  });
  const [begun] = await workspace.write([statement(draftsBegun(numbers, "professional"))]);
  expect(begun?.[0]?.queued).toHaveLength(leads);
  return {
    id,
    ai,
    database,
    numbers,
    async run(job: Job | undefined, at: Database = database): Promise<JobOutcome> {
      const load = works["drafts.write"];
      if (job === undefined || load === undefined) throw new Error("there is no such job");
      const services = { ...SERVICES, env: { ...SERVICES.env, ...ai.env } };
      return (await runJob(at, job, await load(), services, 60)).outcome;
    },
    row: async () =>
      (await asOwner<Record<string, unknown>>(
        `select status, total_rows as total, processed_rows as processed, created_rows as created,
           skipped_rows as skipped, failed_rows as failed, errors,
           (select count(distinct lead_id)::int from crm.email_drafts where workspace_id = $1) as leads
         from crm.import_jobs where workspace_id = $1`,
        [id],
      ))[0],
  };
}

/** Takes the job that goes on with drafting, whenever it is due. */
async function next(database: Database): Promise<Job | undefined> {
  await asOwner("update crm.jobs set run_at = now() where status = 'waiting'");
  return (await taken(database)).find(({ kind }) => kind === "drafts.write");
}

const NOTHING = { skipped: 0, failed: 0, errors: [] };

test("drafting that is killed amid its leads goes on where it was: each is drafted and charged once", async () => {
  const { id, ai, database, run, row } = await drafting(10);
  expect(await creditsOf(id)).toEqual({ balance: 100, held: 20, charges: [], drafts: 0 });
  expect(await run(await next(database), cutOffAfter(database, 3))).toBe("retry");
  expect(await row()).toMatchObject({ status: "processing", processed: 3, created: 3, leads: 3 });
  expect(await creditsOf(id)).toMatchObject({ balance: 94, held: 14, drafts: 3 });
  // Two runs have it, of which one was thought to be gone.
  const first = await next(database);
  await endLeases();
  const second = await next(database);
  const outcomes = await Promise.all([run(first), run(second)]);
  expect(outcomes).toEqual(expect.not.arrayContaining(["dead"]));
  for (let left = await next(database); left; left = await next(database)) await run(left);
  expect(await row()).toEqual({
    ...NOTHING,
    status: "completed",
    total: 10,
    processed: 10,
    created: 10,
    leads: 10,
  });
  expect(await creditsOf(id))
    .toEqual({ balance: 80, held: 0, charges: Array(10).fill(-2), drafts: 10 });
  expect(ai.asked.every(({ messages }) => !messages[0]?.content.includes("Lead "))).toBe(true);
  expect(await jobsOf(id)).toEqual([]);
});

test("a service that fails is asked again later, and in the end is passed over without a charge", async () => {
  const { id, ai, database, run, row } = await drafting(3);
  ai.mishaps.push(BOOM, BOOM, BOOM);
  expect(await run(await next(database))).toBe("retry");
  expect(await row()).toMatchObject({ status: "pending", processed: 0 });
  expect(await jobsOf(id)).toMatchObject([{ status: "waiting", attempts: 1 }]);
  await asOwner("update crm.jobs set attempts = 3 where kind = 'drafts.write'");
  ai.mishaps.push(BOOM, BOOM, BOOM);
  expect(await run(await next(database))).toBe("done");
  const message = "The AI service failed: status 500.";
  expect(await row()).toMatchObject({
    status: "completed",
    processed: 3,
    failed: 3,
    errors: [1, 2, 3].map((place) => ({ row: place, field: null, message })),
  });
  expect(await creditsOf(id)).toEqual({ balance: 100, held: 0, charges: [], drafts: 0 });
});

test("a lead that the service refuses, or that is gone, stops no other", async () => {
  const { id, ai, database, run, row, numbers } = await drafting(4);
  await asOwner("delete from crm.leads where workspace_id = $1 and number = $2", [id, numbers[3]]);
  ai.mishaps.push(REFUSED);
  expect(await run(await next(database))).toBe("done");
  expect(await row()).toMatchObject({ status: "completed", created: 2, skipped: 1, failed: 1 });
  expect(await creditsOf(id)).toEqual({ balance: 96, held: 0, charges: [-2, -2], drafts: 2 });
});

test("a Rep drafts for leads that they still see", async () => {
  const { id, database, run, row, numbers } = await drafting(2, "rep");
  const { id: other } = await lioUser({ id }, "rep");
  await asOwner("update crm.leads set assigned_to = $3 where workspace_id = $1 and number = $2", [
    id,
    numbers[0],
    other,
  ]);
  expect(await run(await next(database))).toBe("done");
  expect(await row()).toMatchObject({ status: "completed", created: 1, skipped: 1 });
  expect(await creditsOf(id)).toEqual({ balance: 98, held: 0, charges: [-2], drafts: 1 });
});

test("drafting whose job is given up has failed, and what is left of its credits is free", async () => {
  const { id, database, run, row } = await drafting(5);
  expect(await run(await next(database), cutOffAfter(database, 2))).toBe("retry");
  await asOwner("update crm.jobs set attempts = 20");
  expect(await run(await next(database))).toBe("dead");
  expect(await row()).toMatchObject({ status: "failed", processed: 2, created: 2 });
  expect(await creditsOf(id)).toEqual({ balance: 96, held: 0, charges: [-2, -2], drafts: 2 });
  const told = await asOwner(
    "select title from crm.notifications where workspace_id = $1 and type = 'import_finished'",
    [id],
  );
  expect(told).toEqual([{ title: "Drafting emails failed" }]);
});
