import { minute } from "../support/minute.ts";
import pg from "pg";
import { afterAll, afterEach, expect, inject, test } from "vitest";
import { localRateLimiter } from "../../shared/limits/local.ts";
import { postgresRateLimiter } from "../../shared/limits/postgres.ts";
import { allowed, type Store } from "../../shared/limits/rate-limiter.ts";
import { resilient } from "../../shared/limits/resilient.ts";
import { upstashRateLimiter } from "../../shared/limits/upstash.ts";
import { workspaceInNextMinute } from "../support/rate-windows.ts";
import { startUpstash, type UpstashStandIn } from "../support/upstash.ts";

const LIMIT = 1000;
const PATIENT = 60_000;
const admin = new pg.Pool({ connectionString: inject("adminUrl"), max: 2 });
const api = new pg.Pool({ connectionString: inject("apiUrl"), max: 8 });
let upstash: UpstashStandIn | undefined;

afterEach(() => upstash?.refuse());
afterAll(() => Promise.all([admin.end(), api.end()]));

function isolate(store: Store) {
  return resilient(store, {
    timeoutMs: PATIENT,
    fallback: localRateLimiter(),
    onTrouble(reason) {
      throw new Error(reason);
    },
  });
}

/** What passes in each minute when four isolates are asked for far more than the limit, at once. */
async function passedByMinute(workspaceId: string, stores: readonly Store[]): Promise<number[]> {
  const askAll = async (store: Store) => {
    const { take } = isolate(store);
    const windows = [];
    for (let round = 0; round < 30; round++) {
      windows.push(
        ...await Promise.all(Array.from({ length: 20 }, () => take(minute(workspaceId, LIMIT)))),
      );
    }
    return windows.filter(allowed);
  };
  const passed = (await Promise.all(stores.map(askAll))).flat();
  const minutes = new Map<number, number>();
  for (const { resetAt } of passed) minutes.set(resetAt, (minutes.get(resetAt) ?? 0) + 1);
  return [...minutes.values()];
}

test("four isolates on PostgreSQL never exceed the limit together, and nearly reach it", async () => {
  const workspaceId = await workspaceInNextMinute(admin);
  const stores = Array.from(
    { length: 4 },
    () => postgresRateLimiter((text, values) => api.query(text, values)),
  );
  const [passed, ...others] = await passedByMinute(workspaceId, stores);
  expect(others).toEqual([]);
  expect(passed).toBeLessThanOrEqual(LIMIT);
  expect(passed).toBeGreaterThan(LIMIT - 4 * (LIMIT / 100));
});

test("four isolates on Upstash never exceed the limit together, and nearly reach it", async () => {
  upstash = await startUpstash();
  const { url, token } = upstash;
  const stores = Array.from(
    { length: 4 },
    () => upstashRateLimiter({ url, token, timeoutMs: PATIENT }),
  );
  const minutes = await passedByMinute("a", stores);
  // The minute may turn once; what passes in it is bounded all the same.
  for (const passed of minutes) expect(passed).toBeLessThanOrEqual(LIMIT);
  const refusedBlocks = 4 * (LIMIT / 100);
  expect(minutes.reduce((sum, passed) => sum + passed)).toBeGreaterThan(LIMIT - 2 * refusedBlocks);
});
