import { minute } from "../support/minute.ts";
import { type AddressInfo, createServer } from "node:net";
import pg from "pg";
import { afterAll, expect, inject, test } from "vitest";
import { localRateLimiter } from "../../shared/limits/local.ts";
import { countRequest, postgresRateLimiter, readWindow } from "../../shared/limits/postgres.ts";
import { allowed } from "../../shared/limits/rate-limiter.ts";
import { resilient } from "../../shared/limits/resilient.ts";
import { StoreClock } from "../../shared/limits/store-clock.ts";
import { newWorkspace, workspaceInNextMinute } from "../support/rate-windows.ts";

const PATIENT = 60_000;
const LOCK = "select from crm.rate_windows where subject = $1 for update";
const admin = new pg.Pool({ connectionString: inject("adminUrl"), max: 4 });
const api = new pg.Pool({
  connectionString: inject("apiUrl"),
  max: 4,
  application_name: "limits-contention",
});
const limiter = postgresRateLimiter((text, values) => api.query(text, values));

afterAll(() => Promise.all([admin.end(), api.end()]));

/** Runs `body` while another transaction holds the workspace's count. */
async function whileLocked(workspaceId: string, body: () => Promise<void>): Promise<void> {
  const holder = await admin.connect();
  await holder.query("begin");
  await holder.query(LOCK, [workspaceId]);
  try {
    await body();
  } finally {
    await holder.query("rollback");
    holder.release();
  }
}

async function waitingForLock(): Promise<number> {
  const { rows } = await admin.query(
    `select count(*)::int as waiting from pg_stat_activity
      where application_name = 'limits-contention' and wait_event_type = 'Lock'`,
  );
  return rows[0].waiting;
}

async function closedPort(): Promise<number> {
  const server = createServer();
  const { port } = await new Promise<AddressInfo>((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(server.address() as AddressInfo));
  });
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test("a refused request waits for no lock and writes nothing", async () => {
  const workspaceId = await workspaceInNextMinute(admin);
  for (let i = 0; i < 2; i++) await limiter.take(minute(workspaceId, 2));
  const version = "select ctid, xmin, xmax from crm.rate_windows where subject = $1";
  const before = await admin.query(version, [workspaceId]);
  const impatient = new pg.Client({
    connectionString: inject("apiUrl"),
    options: "-c lock_timeout=200ms",
  });
  await impatient.connect();
  const { text, values } = countRequest(minute(workspaceId, 2));
  expect(allowed(readWindow((await impatient.query(text, values)).rows[0]))).toBe(false);
  expect((await admin.query(version, [workspaceId])).rows).toEqual(before.rows);

  await whileLocked(workspaceId, async () => {
    const { rows } = await impatient.query(text, values);
    expect(readWindow(rows[0])).toMatchObject({ limit: 2, used: 3 });
  });
  await impatient.end();
});

test("those who wait for the lock when the limit is used up are refused", async () => {
  const workspaceId = await workspaceInNextMinute(admin);
  let waiting: Promise<unknown> = Promise.resolve();
  await whileLocked(workspaceId, async () => {
    const takes = [1, 2, 3].map(() => limiter.take(minute(workspaceId, 1)));
    waiting = Promise.all(takes).then((windows) => windows.map(({ used }) => used).sort());
    await expect.poll(waitingForLock).toBe(3);
  });

  expect(await waiting).toEqual([1, 2, 2]);
});

test("a count pipelined in front of a transaction outlives its rollback", async () => {
  const workspaceId = await workspaceInNextMinute(admin);
  const client = new pg.Client({ connectionString: inject("apiUrl"), pipeline: true });
  await client.connect();
  const { text, values } = countRequest(minute(workspaceId, 5));
  const [counted] = await Promise.all([
    client.query(text, values),
    client.query("begin"),
    client.query("rollback"),
  ]);
  await client.end();

  expect(readWindow(counted.rows[0])).toMatchObject({ limit: 5, used: 1 });
  expect((await limiter.take(minute(workspaceId, 5))).used).toBe(2);
});

test("a database that is slow does not refuse requests: the isolate counts them", async () => {
  const workspaceId = await workspaceInNextMinute(admin);
  const troubles: string[] = [];
  const patient = resilient(limiter, {
    timeoutMs: 100,
    fallback: localRateLimiter({ now: () => 0 }),
    onTrouble: (reason) => troubles.push(reason),
  });

  await whileLocked(workspaceId, async () => {
    const takes = Array.from({ length: 20 }, () => patient.take(minute(workspaceId, 5)));
    expect((await Promise.all(takes)).filter(allowed)).toHaveLength(5);
  });
  expect(troubles).toEqual([expect.stringContaining("did not answer within")]);
});

test("a database that is gone does not refuse requests, and counts again once back", async () => {
  const workspaceId = await newWorkspace(admin);
  const gone = new pg.Pool({ host: "127.0.0.1", port: await closedPort(), user: "lumenbase_api" });
  const troubles: string[] = [];
  let database = gone;
  let time = Date.now();
  const store = postgresRateLimiter((text, values) => database.query(text, values));
  const isolate = resilient(store, {
    timeoutMs: PATIENT,
    fallback: localRateLimiter({ now: () => 0 }),
    onTrouble: (reason) => troubles.push(reason),
    clock: new StoreClock(() => time),
  });
  const takes = Array.from({ length: 20 }, () => isolate.take(minute(workspaceId, 5)));
  expect((await Promise.all(takes)).filter(allowed)).toHaveLength(5);
  expect(troubles).toEqual([expect.stringContaining("ECONNREFUSED")]);

  database = api;
  time += 5000;
  expect(await isolate.take(minute(workspaceId, 100))).toMatchObject({ limit: 100, used: 1 });
  await gone.end();
});
