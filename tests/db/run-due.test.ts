import { beforeEach, expect, test, vi } from "vitest";
import type { Statement } from "../../shared/db/wire/pipeline.ts";
import { enqueue } from "../../shared/jobs/enqueue.ts";
import type { Job } from "../../shared/jobs/job.ts";
import { runDue, type WorkLimits, type Works } from "../../shared/jobs/run-due.ts";
import type { JobRun } from "../../shared/jobs/run-job.ts";
import { GiveUp, RetryLater, type Work } from "../../shared/jobs/work.ts";
import { apiDatabase } from "../support/as-role.ts";
import { endLeases, enqueued, jobsOf, noJobs, taken } from "../support/jobs.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";
import { pgProxy } from "../support/pg-proxy.ts";
import { afterwards, asOwner, databaseUrl, testWorkspace } from "../support/workspace.ts";

ownMigratedDatabase();
beforeEach(noJobs);

const LIMITS: WorkLimits = {
  jobs: 100,
  seconds: 60,
  processorSeconds: 60,
  atOnce: 4,
  ofWorkspace: 4,
  jobSeconds: 30,
};
const SERVICES = {
  secrets: () => {
    throw new Error("no test asks for secrets");
  },
  publicUrl: "https://api.lumenbase.test/functions/v1",
  env: { OUTBOUND_PRIVATE_NETWORKS: "127.0.0.0/8" },
};

function contact(workspaceId: string, phone: string): Statement {
  const text = "insert into crm.contacts (workspace_id, phone) values ($1, $2)";
  return { text, values: [workspaceId, phone] };
}

const phonesOf = async (workspaceId: string) =>
  (await asOwner<{ phone: string }>(
    "select phone from crm.contacts where workspace_id = $1 order by id",
    [workspaceId],
  )).map(({ phone }) => phone);

/** A worker that knows this work of the kind `a.kind`, in a workspace of its own. */
async function worker(run: Work["run"], retryAfter: readonly number[] = [60, 600]) {
  const { id } = await testWorkspace();
  const database = apiDatabase();
  const works: Works = { "a.kind": () => Promise.resolve({ retryAfter, run }) };
  const runs: [Job, JobRun, number][] = [];
  const work = (limits: Partial<WorkLimits> = {}, at = database) =>
    runDue(
      { database: at, works, services: SERVICES, ran: (...told) => void runs.push(told) },
      { ...LIMITS, ...limits },
    );
  const add = (count = 1, payload = {}) =>
    enqueued(database, id, ...Array.from({ length: count }, () => enqueue("a.kind", payload)));
  const outcomes = () => runs.map(([, { outcome }]) => outcome);
  return { id, database, add, work, runs, outcomes };
}

test("a job is done with its effects, as the job itself or in another's name", async () => {
  const { id, add, work, runs } = await worker(async (job, context) => {
    expect(context).toMatchObject({ publicUrl: SERVICES.publicUrl, env: SERVICES.env });
    const actor = { kind: "automation", id: job.id, run: job.lease } as const;
    await context.workspace.write([contact(id, "1")]);
    await context.as(actor, 77).write([contact(id, "2"), context.done]);
  });
  const [jobId] = await add();
  expect(await work()).toEqual({ done: 1, failed: 0, more: false });
  expect(await jobsOf(id)).toEqual([]);
  const [job, , ms] = runs[0]!;
  expect(job).toMatchObject({ id: jobId, workspaceId: id, kind: "a.kind", attempt: 1 });
  expect(ms).toBeGreaterThan(0);
  const text = "select actor, cause::int, request_id from crm.events where workspace_id = $1" +
    " and resource = 'contacts' order by sequence";
  expect(await asOwner(text, [id])).toEqual([
    { actor: { kind: "job", id: jobId }, cause: null, request_id: jobId },
    {
      actor: { kind: "automation", id: jobId, run: job.lease },
      cause: 77,
      request_id: jobId,
    },
  ]);
});

test("a job that returns without having been ended is ended", async () => {
  const { id, add, work } = await worker(async () => {});
  await add();
  expect(await work()).toEqual({ done: 1, failed: 0, more: false });
  expect(await jobsOf(id)).toEqual([]);
});

test("what a job makes due is done in the same call", async () => {
  const { id, add, work } = await worker(async ({ payload }, { workspace, done }) => {
    const next = Number(payload.left) - 1;
    await workspace.write([...next < 0 ? [] : [enqueue("a.kind", { left: next })], done]);
  });
  await add(1, { left: 5 });
  expect(await work()).toEqual({ done: 6, failed: 0, more: false });
  expect(await jobsOf(id)).toEqual([]);
});

test("one that throws is tried again after each wait, and dead after the last", async () => {
  const secret = "https://hooks.example/T000/secret-token";
  const { id, add, work, outcomes } = await worker(() => {
    throw new TypeError(`error sending request for url (${secret})`);
  });
  await add();
  const waits: number[] = [];
  for (let attempts = 1; attempts <= 3; attempts++) {
    expect(await work()).toEqual({ done: 0, failed: 1, more: false });
    const [job] = await jobsOf(id);
    expect(job).toMatchObject({ attempts, last_error: expect.stringMatching(/^TypeError at /) });
    expect(job!.last_error).not.toContain("secret");
    waits.push(Math.round(job!.due_in / 60));
    await asOwner("update crm.jobs set run_at = now() where status = 'waiting'");
  }
  expect(waits.slice(0, 2)).toEqual([1, 10]);
  expect(outcomes()).toEqual(["retry", "retry", "dead"]);
  expect(await jobsOf(id)).toMatchObject([{ status: "dead", attempts: 3 }]);
  expect(await work()).toEqual({ done: 0, failed: 0, more: false });
});

test.each([
  ["GiveUp", new GiveUp("The address does not exist."), "dead", "The address does not exist."],
  ["RetryLater", new RetryLater("It answered 503.", 7200), "waiting", "It answered 503."],
  ["an error of PostgreSQL", null, "waiting", "PostgreSQL error 22012"],
  ["what is no error", "nonsense", "waiting", "Unexpected error"],
])("%s leaves the job %s", async (_, thrown, status, last_error) => {
  const { id, add, work } = await worker(async (_job, { workspace }) => {
    if (thrown === null) await workspace.write([{ text: "select 1 / 0", values: [] }]);
    throw thrown;
  });
  await add();
  await work();
  const [job] = await jobsOf(id);
  expect(job).toMatchObject({ status, last_error });
  if (thrown instanceof RetryLater) expect(job!.due_in).toBeGreaterThan(7000);
});

test("a NUL in a reason costs nothing else of it", async () => {
  const { id, add, work } = await worker(() => Promise.reject(new GiveUp("a\0b")));
  await add();
  await work();
  expect(await jobsOf(id)).toMatchObject([{ status: "dead", last_error: "ab" }]);
});

test("a job of no known work waits for a version that knows it", async () => {
  const { id, database, work } = await worker(async () => {});
  await enqueued(database, id, enqueue("constructor", {}));
  expect(await work()).toEqual({ done: 0, failed: 1, more: false });
  const last_error = "There is no such work in this version.";
  expect(await jobsOf(id)).toMatchObject([{ status: "waiting", last_error }]);
});

test("a run whose lease was taken over leaves nothing behind", async () => {
  let runs = 0;
  const { id, database, add, work, outcomes } = await worker(async (job, { workspace, done }) => {
    if (++runs === 1) {
      await endLeases();
      const [again] = await taken(database);
      expect(again).toMatchObject({ id: job.id, attempt: 2 });
    }
    await workspace.write([contact(id, String(runs)), done]);
  });
  await add();
  expect(await work()).toEqual({ done: 0, failed: 1, more: false });
  await endLeases();
  expect(await work()).toEqual({ done: 1, failed: 0, more: false });
  expect(outcomes()).toEqual(["lost", "done"]);
  expect(await phonesOf(id)).toEqual(["2"]);
});

test("a run that takes too long ends as failed, and its effects do not count", async () => {
  const ended = vi.fn();
  let late: Promise<unknown> = Promise.resolve();
  const { id, add, work } = await worker((_job, { workspace, done, signal }) => {
    late = new Promise((resolve) => signal.addEventListener("abort", resolve)).then(async () => {
      await vi.waitFor(async () => expect(await jobsOf(id)).toMatchObject([{ attempts: 1 }]));
      while ((await jobsOf(id))[0]?.status === "running");
      return workspace.write([contact(id, "1"), done]);
    }).catch(ended);
    return late as Promise<void>;
  });
  await add();
  expect(await work({ jobSeconds: 0.05 })).toMatchObject({ done: 0, failed: 1 });
  await late;
  expect(ended).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: "LB030" }));
  const last_error = "The run took longer than 0.05 s.";
  expect(await jobsOf(id)).toMatchObject([{ status: "waiting", last_error }]);
  expect(await phonesOf(id)).toEqual([]);
});

test("a job whose process goes away each time is dead at some point", async () => {
  const { id, database, add, work } = await worker(async () => {}, []);
  await add();
  for (let lost = 0; lost < 6; lost++) {
    expect(await taken(database)).toHaveLength(1);
    await endLeases();
  }
  expect(await work()).toMatchObject({ done: 0, failed: 1 });
  const last_error = "Its runs began and never ended.";
  expect(await jobsOf(id)).toMatchObject([{ status: "dead", attempts: 7, last_error }]);
});

test("a call does no more than its limits, and tells that more is due", async () => {
  let running = 0;
  let most = 0;
  const { id, add, work } = await worker(async () => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 20));
    running--;
  });
  await add(30);
  expect(await work({ jobs: 10 })).toEqual({ done: 10, failed: 0, more: true });
  expect(most).toBe(4);
  expect(await work({ seconds: 0 })).toEqual({ done: 0, failed: 0, more: true });
  expect(await work({ processorSeconds: 0 })).toEqual({ done: 0, failed: 0, more: true });
  expect(await jobsOf(id)).toHaveLength(20);
  expect(await work({ atOnce: 8, ofWorkspace: 2 })).toMatchObject({ done: 20 });
  expect(most).toBe(4);
});

test("a database that goes away loses no job: those begun are due again when their lease is over", async () => {
  const proxy = await pgProxy(databaseUrl("apiUrl"));
  afterwards(() => proxy.close());
  const behind = apiDatabase({ url: proxy.url });
  const { id, add, work } = await worker(async (job, { workspace, done }) => {
    if (job.attempt === 1) proxy.cut();
    await workspace.write([contact(id, "1"), done]);
  });
  await add();
  await expect(work({}, behind)).rejects.toMatchObject({ name: "DatabaseUnavailable" });
  await expect(work({}, behind)).rejects.toMatchObject({ name: "DatabaseUnavailable" });
  proxy.restore();
  await endLeases();
  expect(await work({}, behind)).toEqual({ done: 1, failed: 0, more: false });
  expect(await phonesOf(id)).toEqual(["1"]);
});
