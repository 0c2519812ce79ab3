import { minute } from "../support/minute.ts";
import pg from "pg";
import { afterAll, expect, inject, test } from "vitest";
import { postgresRateLimiter } from "../../shared/limits/postgres.ts";
import { allowed, type RateWindow } from "../../shared/limits/rate-limiter.ts";
import { newWorkspace, workspaceInNextMinute } from "../support/rate-windows.ts";

const admin = new pg.Pool({ connectionString: inject("adminUrl"), max: 2 });
const api = new pg.Pool({ connectionString: inject("apiUrl"), max: 10 });
const limiter = postgresRateLimiter((text, values) => api.query(text, values));

afterAll(() => Promise.all([admin.end(), api.end()]));

async function takes(workspaceId: string, count: number, limit: number): Promise<RateWindow[]> {
  return await Promise.all(
    Array.from({ length: count }, () => limiter.take(minute(workspaceId, limit))),
  );
}

/** When the current minute ends by the database's clock, in Unix seconds. */
async function minuteEnd(): Promise<number> {
  const { rows } = await admin.query("select extract(epoch from clock_timestamp())::float8 as now");
  return (Math.floor(rows[0].now / 60) + 1) * 60;
}

async function moveWindow(workspaceId: string, by: string): Promise<void> {
  await admin.query(
    "update crm.rate_windows set window_start = window_start + $2 where subject = $1",
    [workspaceId, by],
  );
}

function expectExactly(limit: number, windows: RateWindow[]): void {
  expect(windows.filter(allowed).map(({ used }) => used).sort((a, b) => a - b))
    .toEqual(Array.from({ length: limit }, (_, i) => i + 1));
  const refused = windows.filter((window) => !allowed(window));
  expect(refused.every(({ used }) => used === limit + 1)).toBe(true);
}

test("lets exactly the limit through when 200 requests come at once", async () => {
  expectExactly(100, await takes(await workspaceInNextMinute(admin), 200, 100));
});

test("is as exact when the 200 are a workspace's first, and in each minute they fall in", async () => {
  const windows = await takes(await newWorkspace(admin), 200, 20);
  for (const resetAt of new Set(windows.map((window) => window.resetAt))) {
    const inMinute = windows.filter((window) => window.resetAt === resetAt);
    expectExactly(Math.min(20, inMinute.length), inMinute);
  }
});

test("windows begin at each full minute", async () => {
  const workspaceId = await newWorkspace(admin);
  const before = await minuteEnd();
  const { resetAt } = await limiter.take(minute(workspaceId, 5));

  expect([before, await minuteEnd()]).toContain(resetAt);
});

test("the next window starts at zero", async () => {
  const workspaceId = await workspaceInNextMinute(admin);
  await takes(workspaceId, 3, 2);
  expect(allowed(await limiter.take(minute(workspaceId, 2)))).toBe(false);

  await moveWindow(workspaceId, "-2 minutes");
  expect(await limiter.take(minute(workspaceId, 2))).toMatchObject({ limit: 2, used: 1 });
});

test("a caller that still sees the last minute counts in the one that is open", async () => {
  const workspaceId = await workspaceInNextMinute(admin);
  const { rows } = await admin.query(
    `select extract(epoch from window_start)::float8 + 60 as ends
      from crm.rate_windows where subject = $1`,
    [workspaceId],
  );
  const windows = await takes(workspaceId, 3, 2);

  expect(windows.map(({ used }) => used).sort()).toEqual([1, 2, 3]);
  expect(windows.map(({ resetAt }) => resetAt)).toEqual(Array(3).fill(rows[0].ends));
});

test("a window left by a clock that was set back does not lock the workspace out", async () => {
  const workspaceId = await workspaceInNextMinute(admin);
  await takes(workspaceId, 3, 2);
  await moveWindow(workspaceId, "1 hour");
  const before = await minuteEnd();
  const window = await limiter.take(minute(workspaceId, 2));

  expect(window.used).toBe(1);
  expect([before, await minuteEnd()]).toContain(window.resetAt);
});

/** Counts a request in windows of so many seconds: how many are used, and when the window ends. */
async function counted(subject: string, seconds: number): Promise<{ used: number; ends: number }> {
  const text = "select used, reset_at::int as ends from app.count_request($1, 100, $2)";
  return (await api.query<{ used: number; ends: number }>(text, [subject, seconds])).rows[0]!;
}

test.each([3600, 900, 7])(
  "windows of %d s begin at its multiples of the Unix epoch",
  async (seconds) => {
    const workspaceId = await newWorkspace(admin);
    const now = async () =>
      (await admin.query("select extract(epoch from clock_timestamp())::float8 as now")).rows[0]
        .now;
    const before = await now();
    const { used, ends } = await counted(workspaceId, seconds);
    const after = await now();
    expect([used, ends % seconds]).toEqual([1, 0]);
    expect(ends).toBeGreaterThan(before);
    expect(ends - seconds).toBeLessThanOrEqual(after);
  },
);

test("a window of another length starts anew", async () => {
  const workspaceId = await workspaceInNextMinute(admin);
  for (const [seconds, used] of [[60, 1], [60, 2], [3600, 1], [60, 1]] as const) {
    expect(await counted(workspaceId, seconds)).toMatchObject({ used });
  }
});

test("a workspace does not count against another", async () => {
  const [one, two] = [await workspaceInNextMinute(admin), await workspaceInNextMinute(admin)];
  await takes(one, 3, 2);

  expect(allowed(await limiter.take(minute(one, 2)))).toBe(false);
  expect((await limiter.take(minute(two, 2))).used).toBe(1);
});

test("a changed limit applies to the requests already counted, refused ones left out", async () => {
  const workspaceId = await workspaceInNextMinute(admin);
  await takes(workspaceId, 10, 3);

  expect(await limiter.take(minute(workspaceId, 5))).toMatchObject({ limit: 5, used: 4 });
  expect(await limiter.take(minute(workspaceId, 2))).toMatchObject({ limit: 2, used: 3 });
  expect(await limiter.take(minute(workspaceId, 5))).toMatchObject({ limit: 5, used: 5 });
});

test("the API counts through the function alone", async () => {
  const statements = [
    "select * from crm.rate_windows",
    "insert into crm.rate_windows values (gen_random_uuid(), now(), 0)",
    "update crm.rate_windows set requests = 0",
    "delete from crm.rate_windows",
    "truncate crm.rate_windows",
  ];
  for (const statement of statements) {
    await expect(api.query(statement)).rejects.toMatchObject({ code: "42501" });
  }
  const everyone = "select has_function_privilege('public', $1, 'execute') as granted";
  const { rows } = await admin.query(everyone, [
    "app.count_request(uuid, integer, integer, integer)",
  ]);
  expect(rows).toEqual([{ granted: false }]);
});

test.each(["connectors", "api_keys", "workspaces"])("counts go with their %s", async (table) => {
  const workspaceId = await newWorkspace(admin);
  const connector =
    `insert into crm.connectors (workspace_id, slug, name, target, field_map, matching)
    values ($1, 'form', 'Form', 'contact', '{}', '{}') returning id`;
  const key = `insert into crm.api_keys (workspace_id, name, public_id, key_hash, scopes)
    values ($1, 'Key', gen_random_uuid(), sha256(''), '{read}') returning id`;
  const made = async (text: string): Promise<string> =>
    (await admin.query(text, [workspaceId])).rows[0].id;
  const ids = {
    workspaces: workspaceId,
    connectors: await made(connector),
    api_keys: await made(key),
  };
  for (const id of Object.values(ids)) await limiter.take(minute(id, 5));
  const owner = table === "workspaces" ? "id" : "workspace_id";
  await admin.query(`delete from crm.${table} where ${owner} = $1`, [workspaceId]);

  const left = "select subject from crm.rate_windows where subject = any ($1) order by 1";
  const { rows } = await admin.query<{ subject: string }>(left, [Object.values(ids)]);
  const others = Object.entries(ids).filter(([name]) => table !== "workspaces" && name !== table);
  expect(rows.map(({ subject }) => subject)).toEqual(others.map(([, id]) => id).sort());
});
