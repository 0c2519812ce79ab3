import { beforeEach, expect, test } from "vitest";
import { sql } from "../../shared/db/sql.ts";
import { enqueue } from "../../shared/jobs/enqueue.ts";
import type { Job } from "../../shared/jobs/job.ts";
import { finish } from "../../shared/jobs/queue.ts";
import { apiDatabase, attempt, claimsOf } from "../support/as-role.ts";
import { endLeases, enqueued, jobsOf, noJobs, taken } from "../support/jobs.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

ownMigratedDatabase();
beforeEach(noJobs);

const kinds = (jobs: Job[]) => jobs.map(({ kind }) => kind);

test("a job is there when what it follows from is, and not at all when that was undone", async () => {
  const { id } = await testWorkspace();
  const database = apiDatabase();
  const claims = claimsOf(id);
  const contact = {
    text: "insert into crm.contacts (workspace_id, email) values ($1, 'a@b.example')",
    values: [id],
  };
  await database.write(claims, [contact, enqueue("a.kind", {})], true);
  await expect(database.write(claims, [
    enqueue("a.kind", {}),
    { text: "select 1 / 0", values: [] },
  ])).rejects.toThrow("division by zero");
  expect(await jobsOf(id)).toEqual([]);
  await database.write(claims, [contact, enqueue("a.kind", {})]);
  expect(await jobsOf(id)).toMatchObject([{ kind: "a.kind", status: "waiting", attempts: 0 }]);
});

test("whoever takes a job is told all of it", async () => {
  const { id: workspaceId } = await testWorkspace();
  const database = apiDatabase();
  const payload = { xid: "981", sequence: 9_007_199_254_740_991, "ключ": ["ü", null, { a: 1.5 }] };
  const [id] = await enqueued(database, workspaceId, enqueue("events.dispatch", payload));
  const lease = expect.stringMatching(/^[0-9a-f-]{36}$/);
  expect(await taken(database)).toEqual([
    { id, workspaceId, kind: "events.dispatch", payload, attempt: 1, lease },
  ]);
  expect(await taken(database)).toEqual([]);
  expect(await jobsOf(workspaceId)).toMatchObject([{ id, status: "running", attempts: 1 }]);
});

test("a job comes when it is due, those of higher priority first, then the longest due", async () => {
  const { id } = await testWorkspace();
  const database = apiDatabase();
  await enqueued(
    database,
    id,
    enqueue("later", {}, { inSeconds: 3600 }),
    enqueue("at noon", {}, { runAt: "2999-01-01T12:00:00Z", priority: 9 }),
    enqueue("now", {}),
    enqueue("since 2020", {}, { runAt: "2020-01-01T00:00:00Z" }),
    enqueue("since a minute", {}, { runAt: sql`now() - ${"1 minute"}::interval` }),
    enqueue("first", {}, { priority: 1 }),
    enqueue("last", {}, { priority: -1, runAt: "2019-01-01T00:00:00Z" }),
  );
  const order: string[] = [];
  for (let jobs = 0; jobs < 5; jobs++) order.push(...kinds(await taken(database, { most: 1 })));
  expect(order).toEqual(["first", "since 2020", "since a minute", "now", "last"]);
  expect(await taken(database)).toEqual([]);
  await asOwner("update crm.jobs set run_at = now() where kind = 'later'");
  expect(kinds(await taken(database))).toEqual(["later"]);
});

test("the owner's triggers give the workspace", async () => {
  const { id } = await testWorkspace();
  await asOwner("select app.enqueue_job('a.kind', '{\"n\": 1}', now(), 0, $1)", [id]);
  expect(await jobsOf(id)).toMatchObject([{ kind: "a.kind", payload: { n: 1 } }]);
});

test("a job whose lease is over is due again, and is finished by the run that has it", async () => {
  const { id } = await testWorkspace();
  const database = apiDatabase();
  await enqueued(database, id, enqueue("a.kind", {}));
  const [first] = await taken(database);
  await endLeases();
  const [second] = await taken(database);
  expect(second).toMatchObject({ id: first!.id, attempt: 2 });
  const effects = (job: Job) =>
    database.write(claimsOf(id), [{
      text: "insert into crm.contacts (workspace_id, phone) values ($1, $2)",
      values: [id, job.lease],
    }, finish(job)]);
  await expect(effects(first!)).rejects.toMatchObject({ code: "LB030" });
  await effects(second!);
  await expect(effects(second!)).rejects.toMatchObject({ code: "LB030" });
  expect(await asOwner("select phone from crm.contacts where workspace_id = $1", [id]))
    .toEqual([{ phone: second!.lease }]);
  expect(await jobsOf(id)).toEqual([]);
});

test("a run that failed leaves its job to wait, or dead, with the end of what is too long cut off", async () => {
  const { id } = await testWorkspace();
  const database = apiDatabase();
  const [one] = await enqueued(database, id, enqueue("a.kind", {}));
  const fail = (job: Job, error: string, retryIn: number | null) =>
    attempt(database, claimsOf(id), {
      text: "select app.fail_job($1, $2, $3, $4) as failed",
      values: [job.id, job.lease, error, retryIn],
    });
  const [first] = await taken(database);
  expect(await fail(first!, "é".repeat(2000), 600)).toEqual([{ failed: "" }]);
  const [waiting] = await jobsOf(id);
  expect(waiting).toMatchObject({ id: one, status: "waiting", last_error: "é".repeat(1000) });
  expect(waiting!.due_in).toBeGreaterThan(500);
  expect(await taken(database)).toEqual([]);
  expect(await fail(first!, "again", null)).toBe("LB030");
  await asOwner("update crm.jobs set run_at = now()");
  const [second] = await taken(database);
  expect(await fail(second!, "no use", null)).toEqual([{ failed: "" }]);
  expect(await jobsOf(id)).toMatchObject([{ status: "dead", attempts: 2, last_error: "no use" }]);
  expect(await taken(database)).toEqual([]);
});

test("a dead job gets all its attempts again when it is retried, another is left alone", async () => {
  const { id } = await testWorkspace();
  const other = await testWorkspace();
  const database = apiDatabase();
  const [one] = await enqueued(database, id, enqueue("a.kind", {}));
  const retry = async (workspace: string) =>
    (await asOwner("select app.retry_job($1, $2) as done", [one, workspace]))[0]?.done;
  expect(await retry(id)).toBe(false);
  await asOwner("update crm.jobs set status = 'dead', attempts = 5, last_error = 'it was away'");
  expect(await retry(other.id)).toBe(false);
  expect(await retry(id)).toBe(true);
  expect(await taken(database)).toMatchObject([{ id: one, attempt: 1 }]);
});

test.each([
  ["a kind without a name", "select app.enqueue_job('')"],
  ["a kind of 65 characters", `select app.enqueue_job('${"k".repeat(65)}')`],
  ["a payload that is no object", "select app.enqueue_job('a.kind', '[]')"],
])("%s is none", async (_, text) => {
  const { id } = await testWorkspace();
  expect(await attempt(apiDatabase(), claimsOf(id), { text, values: [] })).toBe("23514");
});
