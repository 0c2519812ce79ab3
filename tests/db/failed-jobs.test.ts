import { beforeEach, expect, test } from "vitest";
import { enqueue } from "../../shared/jobs/enqueue.ts";
import { GiveUp, RetryLater } from "../../shared/jobs/work.ts";
import { endLeases, enqueued, jobsOf, noJobs, taken } from "../support/jobs.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";
import { testWorker } from "../support/test-worker.ts";
import { asOwner } from "../support/workspace.ts";

ownMigratedDatabase();
beforeEach(noJobs);

test("one that throws is tried again after each wait, and dead after the last", async () => {
  const secret = "https://hooks.example/T000/secret-token";
  const { id, add, work, outcomes } = await testWorker(() => {
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
  ["GiveUp", "dead", new GiveUp("There is no such host."), "There is no such host.", 0],
  ["RetryLater", "waiting", new RetryLater("It answered 503.", 7200), "It answered 503.", 7200],
  ["an error of PostgreSQL", "waiting", null, "PostgreSQL error 22012", 60],
  ["what is no error", "waiting", "nonsense", "Unexpected error", 60],
])("%s leaves the job %s", async (_, status, thrown, last_error, wait) => {
  const { id, add, work } = await testWorker(async (_job, { workspace }) => {
    if (thrown === null) await workspace.write([{ text: "select 1 / 0", values: [] }]);
    throw thrown;
  });
  await add();
  await work();
  const [job] = await jobsOf(id);
  expect(job).toMatchObject({ status, last_error });
  expect(job!.due_in).toBeGreaterThan(wait - 60);
  expect(job!.due_in).toBeLessThanOrEqual(wait + 1);
});

test("a NUL in a reason costs nothing else of it", async () => {
  const { id, add, work } = await testWorker(() => Promise.reject(new GiveUp("a\0b")));
  await add();
  await work();
  expect(await jobsOf(id)).toMatchObject([{ status: "dead", last_error: "ab" }]);
});

test("a job of no known work waits for a version that knows it", async () => {
  const { id, database, work } = await testWorker(async () => {});
  await enqueued(database, id, enqueue("constructor", {}));
  expect(await work()).toEqual({ done: 0, failed: 1, more: false });
  const last_error = "There is no such work in this version.";
  expect(await jobsOf(id)).toMatchObject([{ status: "waiting", last_error }]);
});

test("a job whose process goes away each time is dead at some point", async () => {
  const { id, database, add, work } = await testWorker(async () => {}, []);
  await add();
  for (let lost = 0; lost < 6; lost++) {
    expect(await taken(database)).toHaveLength(1);
    await endLeases();
  }
  expect(await work()).toMatchObject({ done: 0, failed: 1 });
  const last_error = "Its runs began and never ended.";
  expect(await jobsOf(id)).toMatchObject([{ status: "dead", attempts: 7, last_error }]);
});
