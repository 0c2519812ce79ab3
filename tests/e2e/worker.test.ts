import type { Socket } from "node:net";
import { beforeEach, expect, test } from "vitest";
import { enqueue } from "../../shared/jobs/enqueue.ts";
import { apiDatabase } from "../support/as-role.ts";
import { testGateway } from "../support/gateway.ts";
import { enqueued, jobsOf, noJobs } from "../support/jobs.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";
import { pgProxy } from "../support/pg-proxy.ts";
import {
  afterwards,
  asOwner,
  databaseUrl,
  eventually,
  testWorkspace,
} from "../support/workspace.ts";

ownMigratedDatabase();
beforeEach(noJobs);

const SECRET = "a-secret-of-the-tests-that-is-long-enough";
const UNKNOWN = "There is no such work in this version.";

/** A gateway whose worker is called by the test alone. */
async function calledWorker(apiUrl = databaseUrl("apiUrl")) {
  const env = { LUMENBASE_WORKER_SECRET: SECRET };
  const { url, log } = await testGateway(env, apiUrl);
  const call = (init: RequestInit = {}) =>
    fetch(`${url}/functions/v1/worker`, { method: "POST", ...init });
  return { call, log };
}

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

/** A job that no work is known for, so that a run can be told by what it leaves. */
async function unknownJob(payload = {}): Promise<{ id: string; job: string }> {
  const { id } = await testWorkspace();
  const [job = ""] = await enqueued(apiDatabase(), id, enqueue("no.such.work", payload));
  return { id, job };
}

const ran = (id: string) => eventually(async () => (await jobsOf(id))[0]?.last_error === UNKNOWN);

test("only the secret lets it work, and only by POST", async () => {
  const { call } = await calledWorker();
  const { id, job } = await unknownJob();
  const { key } = await testWorkspace();
  const keys = await Promise.all([key(), key({ api: "leadhub" }), key({ api: "crm" })]);
  for (const token of [SECRET.slice(1), `${SECRET}x`, SECRET.toUpperCase(), "x", ...keys]) {
    const response = await call(bearer(token));
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toBe('Bearer error="invalid_token"');
    const message = "Not the secret of LUMENBASE_WORKER_SECRET.";
    expect(await response.json()).toEqual({ error: { code: "unauthenticated", message } });
  }
  for (const authorization of [undefined, SECRET, `Basic ${SECRET}`]) {
    const response = await call(authorization === undefined ? {} : { headers: { authorization } });
    expect([response.status, response.headers.get("www-authenticate")]).toEqual([401, "Bearer"]);
  }
  for (const method of ["GET", "HEAD", "PUT", "PATCH", "DELETE"]) {
    const response = await call({ ...bearer(SECRET), method });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST, OPTIONS"]);
  }
  expect(await jobsOf(id)).toMatchObject([{ id: job, attempts: 0 }]);
});

test("a call answers what was done, whatever its body", async () => {
  const { call } = await calledWorker();
  const { id, job } = await unknownJob();
  const response = await call({ ...bearer(SECRET), body: "anything" });
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("application/json; charset=utf-8");
  expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  expect(await response.json()).toEqual({ done: 0, failed: 1, more: false });
  expect(await jobsOf(id)).toMatchObject([{ id: job, attempts: 1, status: "waiting" }]);
  expect(await (await call(bearer(SECRET))).json()).toEqual({ done: 0, failed: 0, more: false });
});

test("the gateway has jobs run and old rows removed by itself, and tells of jobs alone", async () => {
  const { id } = await testWorkspace();
  await asOwner(
    `insert into crm.idempotency_keys (workspace_id, key, request_hash, created_at)
      values ($1, 'old', '\\x00', now() - interval '25 hours')`,
    [id],
  );
  await asOwner("update crm.schedules set next_at = now()");
  const { log, gateway } = await testGateway({}, databaseUrl("apiUrl"), { runsJobs: true });
  const kept = "select from crm.idempotency_keys where workspace_id = $1";
  await eventually(async () => (await asOwner(kept, [id])).length === 0);
  const { id: workspace_id, job: job_id } = await unknownJob({ card: "4111 1111" });
  await ran(workspace_id);
  const line = await eventually(() => Promise.resolve(log.find((one) => one.includes(job_id))));
  expect(JSON.parse(line)).toEqual({
    time: expect.any(String),
    job_id,
    kind: "no.such.work",
    workspace_id,
    attempt: 1,
    outcome: "retry",
    ms: expect.any(Number),
    error: "RetryLater",
  });
  // A call that did nothing has no line, one that did has.
  const calls = () => log.filter((one) => one.includes('"function":"worker"'));
  await eventually(async () => calls().length > 0);
  expect(calls()).toHaveLength(1);
  expect(log.join()).not.toContain("4111");
  await gateway.stop();
  expect(gateway.child.exitCode).toBe(0);
});

test("a database that is away is told once, and jobs go on when it is back", async () => {
  const proxy = await pgProxy(databaseUrl("apiUrl"));
  afterwards(() => proxy.close());
  const { log } = await testGateway({}, proxy.url, { runsJobs: true });
  const first = await unknownJob();
  await ran(first.id);
  const told = () => log.filter((line) => line.includes('"status":503'));
  for (let outages = 1; outages <= 2; outages++) {
    const before = log.length;
    const calls = proxy.refused();
    proxy.cut();
    await eventually(() => Promise.resolve(proxy.refused() >= calls + 6));
    // Connections are refused before the call that wanted them is answered, and its line is read.
    await eventually(() => Promise.resolve(told().length >= outages));
    expect(told()).toHaveLength(outages);
    expect(log.slice(before).filter((line) => line.includes("trouble"))).toEqual([]);
    proxy.restore();
    const restored = log.length;
    const { id } = await unknownJob();
    await ran(id);
    // A call cut off after its job ran, but before it was answered, would be of the outage that was told.
    await eventually(() => Promise.resolve(log.slice(restored).some(isAnsweredCall)));
  }
});

test("an outage that cuts off the schedules alone is the call's own", async () => {
  const proxy = await pgProxy(databaseUrl("apiUrl"));
  afterwards(() => proxy.close());
  const { call } = await calledWorker(proxy.url);
  const { id } = await unknownJob();
  proxy.onTraffic((_, data, connection) => {
    if (data.includes("app.run_schedule")) (connection as Socket).destroy();
  });
  expect((await call(bearer(SECRET))).status).toBe(503);
  expect(await jobsOf(id)).toMatchObject([{ attempts: 1, last_error: UNKNOWN }]);
  proxy.onTraffic(() => {});
  expect((await call(bearer(SECRET))).status).toBe(200);
});

const isAnsweredCall = (line: string) =>
  line.includes('"function":"worker"') && line.includes('"status":200');
