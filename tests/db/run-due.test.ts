import { beforeEach, expect, test } from "vitest";
import { enqueue } from "../../shared/jobs/enqueue.ts";
import { apiDatabase } from "../support/as-role.ts";
import { endLeases, jobsOf, noJobs, taken } from "../support/jobs.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";
import { pgProxy } from "../support/pg-proxy.ts";
import { contact, phonesOf, SERVICES, testWorker } from "../support/test-worker.ts";
import { afterwards, asOwner, databaseUrl, eventually } from "../support/workspace.ts";

ownMigratedDatabase();
beforeEach(noJobs);

test("a job is done with its effects, as the job itself or in another's name", async () => {
  const { id, add, work, runs } = await testWorker(async (job, context) => {
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
  const { id, add, work } = await testWorker(async () => {});
  await add();
  expect(await work()).toEqual({ done: 1, failed: 0, more: false });
  expect(await jobsOf(id)).toEqual([]);
});

test("what a job makes due is done in the same call", async () => {
  const { id, add, work } = await testWorker(async ({ payload }, { workspace, done }) => {
    const next = Number(payload.left) - 1;
    await workspace.write([...next < 0 ? [] : [enqueue("a.kind", { left: next })], done]);
  });
  await add(1, { left: 5 });
  expect(await work()).toEqual({ done: 6, failed: 0, more: false });
  expect(await jobsOf(id)).toEqual([]);
});

test("a run whose lease was taken over leaves nothing behind", async () => {
  let runs = 0;
  let again: unknown;
  const { id, database, add, work, outcomes } = await testWorker(
    async (_job, { workspace, done }) => {
      if (++runs === 1) {
        await endLeases();
        [again] = await taken(database);
      }
      await workspace.write([contact(id, String(runs)), done]);
    },
  );
  await add();
  expect(await work()).toEqual({ done: 0, failed: 1, more: false });
  await endLeases();
  expect(await work()).toEqual({ done: 1, failed: 0, more: false });
  expect(outcomes()).toEqual(["lost", "done"]);
  expect(again).toMatchObject({ attempt: 2 });
  expect(await phonesOf(id)).toEqual(["2"]);
});

test("a run that takes too long ends as failed, and its effects do not count", async () => {
  let late: Promise<unknown> = Promise.resolve();
  const { id, add, work } = await testWorker((_job, { workspace, done, signal }) => {
    const aborted = new Promise((resolve) => signal.addEventListener("abort", resolve));
    const failed = () => eventually(async () => (await jobsOf(id))[0]?.status === "waiting");
    late = aborted.then(failed).then(() => workspace.write([contact(id, "1"), done]))
      .catch((error) => error);
    return late as Promise<void>;
  });
  await add();
  expect(await work({ jobSeconds: 0.05 })).toMatchObject({ done: 0, failed: 1 });
  expect(await late).toMatchObject({ code: "LB030" });
  const last_error = "The run took longer than 0.05 s.";
  expect(await jobsOf(id)).toMatchObject([{ status: "waiting", last_error }]);
  expect(await phonesOf(id)).toEqual([]);
});

test("a call does no more than its limits, and tells that more is due", async () => {
  let running = 0;
  let most = 0;
  const { id, add, work } = await testWorker(async () => {
    most = Math.max(most, ++running);
    await eventually(async () => most >= 4);
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

test("a call that has used its processor time begins no more", async () => {
  const { add, work } = await testWorker(async () => {
    const start = process.cpuUsage();
    while (process.cpuUsage(start).user < 50_000);
  });
  await add(3);
  const limits = { processorSeconds: 0.05, atOnce: 1 };
  expect(await work(limits)).toEqual({ done: 1, failed: 0, more: true });
});

test("a database that goes away loses no job: those begun are due again when their lease is over", async () => {
  const proxy = await pgProxy(databaseUrl("apiUrl"));
  afterwards(() => proxy.close());
  const behind = apiDatabase({ url: proxy.url });
  const { id, add, work } = await testWorker(async (job, { workspace, done }) => {
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
