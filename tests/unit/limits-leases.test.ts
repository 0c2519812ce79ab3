import { minute } from "../support/minute.ts";
import { expect, test } from "vitest";
import { localRateLimiter } from "../../shared/limits/local.ts";
import { allowed, type RateWindow, type Store } from "../../shared/limits/rate-limiter.ts";
import { resilient } from "../../shared/limits/resilient.ts";
import { StoreClock } from "../../shared/limits/store-clock.ts";

const NOON = Date.UTC(2026, 10, 21, 12, 0, 0);

/** A store in memory with a clock of its own, and isolates that share it. */
function world({ storeAhead = 0 } = {}) {
  const clock = { time: NOON };
  const amounts: number[] = [];
  const counts = new Map<number, number>();
  const state = { away: false };
  const store: Store = {
    take({ limit }, amount = 1) {
      amounts.push(amount);
      if (state.away) return Promise.reject(new Error("away"));
      const time = clock.time + storeAhead;
      const resetAt = (Math.floor(time / 60_000) + 1) * 60;
      const used = (counts.get(resetAt) ?? 0) + amount;
      const endsIn = resetAt * 1000 - time;
      if (used > limit) return Promise.resolve({ limit, used: limit + 1, resetAt, endsIn });
      counts.set(resetAt, used);
      return Promise.resolve({ limit, used, resetAt, endsIn });
    },
  };
  const isolate = () => {
    const storeClock = new StoreClock(() => clock.time);
    return resilient(store, {
      fallback: localRateLimiter({ now: storeClock.now }),
      onTrouble() {},
      clock: storeClock,
    });
  };
  return { clock, amounts, counts, state, store, isolate };
}

async function taken(
  { take }: ReturnType<typeof resilient>,
  count: number,
  limit: number,
): Promise<RateWindow[]> {
  const windows = [];
  for (let n = 0; n < count; n++) windows.push(await take(minute("a", limit)));
  return windows;
}

test.each([1, 60, 100, 199])("a limit of %d has each request counted by itself", async (limit) => {
  const { amounts, isolate } = world();
  const windows = await taken(isolate(), limit + 5, limit);
  expect(windows.filter(allowed).map(({ used }) => used))
    .toEqual(Array.from({ length: limit }, (_, n) => n + 1));
  expect(amounts).toEqual(Array(limit).fill(1));
});

test("a busy workspace is seldom counted, in blocks of a hundredth of the limit at most", async () => {
  const { amounts, isolate } = world();
  const windows = await taken(isolate(), 2000, 5000);
  expect(windows.map(({ used }) => used)).toEqual(Array.from({ length: 2000 }, (_, n) => n + 1));
  expect(Math.max(...amounts)).toBe(50);
  expect(amounts.length).toBeLessThan(2000 / 50 + 10);
});

test("one isolate can use the whole limit", async () => {
  const windows = await taken(world().isolate(), 1100, 1000);
  expect(windows.filter(allowed)).toHaveLength(1000);
});

test("four isolates never exceed the limit together, and nearly reach it", async () => {
  const { isolate, counts } = world();
  const isolates = [isolate(), isolate(), isolate(), isolate()];
  const limit = 10_000;
  const seen = await Promise.all(isolates.map((one) => taken(one, 4000, limit)));
  const passed = seen.flat().filter(allowed).length;
  expect(passed).toBeLessThanOrEqual(limit);
  expect(passed).toBeGreaterThan(limit - 4 * 100);
  expect([...counts.values()].every((count) => count <= limit)).toBe(true);
  for (const windows of seen) {
    const used = windows.map((window) => window.used);
    expect(used).toEqual(used.toSorted((a, b) => a - b));
  }
});

test("those who come at once wait for one block, and none passes over the limit", async () => {
  const { amounts, isolate } = world();
  const one = isolate();
  await taken(one, 500, 1000);
  const asked = amounts.length;
  const windows = await Promise.all(Array.from({ length: 600 }, () => one.take(minute("a", 1000))));
  expect(windows.filter(allowed)).toHaveLength(500);
  expect(amounts.length - asked).toBeLessThan(600 / 3);
});

test.each([
  ["the same time as", 0],
  ["30 s ahead of", 30_000],
  ["20 s behind", -20_000],
])("what is left of a block ends with its minute: the store's clock is %s ours", async (_, by) => {
  const { amounts, clock, isolate } = world({ storeAhead: by });
  const one = isolate();
  await taken(one, 900, 100_000);
  const [{ resetAt }] = await taken(one, 1, 100_000) as [RateWindow];
  const asked = amounts.length;
  clock.time = resetAt * 1000 - by - 1;
  expect((await one.take(minute("a", 100_000))).resetAt).toBe(resetAt);
  expect(amounts).toHaveLength(asked);
  clock.time += 1;
  expect(await one.take(minute("a", 100_000))).toEqual({
    limit: 100_000,
    used: 1,
    resetAt: resetAt + 60,
  });
});

test("what is left of a block stays good while the store is away", async () => {
  const { amounts, isolate, state } = world();
  const one = isolate();
  await taken(one, 400, 10_000);
  const counted = amounts.reduce((sum, amount) => sum + amount);
  state.away = true;
  const windows = await taken(one, 300, 10_000);
  expect(counted).toBeGreaterThan(400);
  expect(windows.every(allowed)).toBe(true);
  // The isolate goes on from what the store has counted.
  expect(windows.at(-1)?.used).toBe(700);
});

test("a limit that is lowered holds at once", async () => {
  const { isolate } = world();
  const one = isolate();
  await taken(one, 400, 10_000);
  expect(allowed(await one.take(minute("a", 300)))).toBe(false);
});

test("workspaces have blocks of their own", async () => {
  const { isolate } = world();
  const one = isolate();
  await taken(one, 400, 10_000);
  expect(one.local(minute("a", 10_000))).not.toBeNull();
  expect(one.local(minute("b", 10_000))).toBeNull();
});

/** Takes like a caller that has its own way to the store; answers what it asked for at each request. */
async function ridden(
  { due, local, settle }: ReturnType<typeof resilient>,
  store: Store,
  count: number,
  limit: number,
): Promise<{ asked: number[]; windows: RateWindow[] }> {
  const asked: number[] = [];
  const windows: RateWindow[] = [];
  for (let n = 0; n < count; n++) {
    const amount = due(minute("a", limit));
    const known = amount === 0 ? local(minute("a", limit)) : null;
    asked.push(known === null ? Math.max(amount, 1) : 0);
    windows.push(
      known ?? await settle(minute("a", limit), store.take(minute("a", limit), amount), amount, 0),
    );
  }
  return { asked, windows };
}

test("a caller that asks the store itself has blocks counted, and passes not over the limit", async () => {
  const { counts, isolate, store } = world();
  const { asked, windows } = await ridden(isolate(), store, 1100, 1000);
  expect(windows.filter(allowed)).toHaveLength(1000);
  expect(windows.map(({ used }) => used)).toEqual(windows.map((_, n) => Math.min(n + 1, 1001)));
  expect(Math.max(...asked)).toBe(10);
  expect(asked.slice(0, 900).filter((amount) => amount > 0).length).toBeLessThan(900 / 10 + 10);
  expect([...counts.values()]).toEqual([1000]);
});

test("while one has a block counted the others use up the last, then count by themselves", async () => {
  const { clock, isolate, store } = world();
  const one = isolate();
  await ridden(one, store, 1000, 100_000);
  const limit = minute("a", 100_000);
  while (one.due(limit) === 0) expect(one.local(limit)).not.toBeNull();
  const left = [];
  while (one.local(limit) !== null) left.push(one.due(limit));
  expect([left.length, new Set(left.slice(0, -1))]).toEqual([25, new Set([0])]);
  expect(one.due(limit)).toBe(1);
  // The answer never came.
  clock.time += 1000;
  expect(one.due(limit)).toBe(100);
});
