import { minute } from "../support/minute.ts";
import { expect, test } from "vitest";
import { localRateLimiter } from "../../shared/limits/local.ts";
import { allowed, type Store } from "../../shared/limits/rate-limiter.ts";
import { resilient } from "../../shared/limits/resilient.ts";
import { StoreClock } from "../../shared/limits/store-clock.ts";

const HOUR = 3_600_000;
const NOON = Date.UTC(2026, 10, 21, 12);
const SKEWS = [["an hour behind", HOUR], ["an hour ahead of", -HOUR], ["a day behind", 24 * HOUR], [
  "a day ahead of",
  -24 * HOUR,
]] as const;

/** An isolate, and a store whose clock is ahead of the isolate's; both tell a time at 12:00:20. */
function world(storeAhead: number) {
  const own = { time: NOON + 20_000 - storeAhead };
  const state = { asked: 0, away: false, used: 0 };
  const store: Store = {
    take({ limit }) {
      state.asked++;
      if (state.away) return Promise.reject(new Error("away"));
      const time = own.time + storeAhead;
      const resetAt = (Math.floor(time / 60_000) + 1) * 60;
      const used = Math.min(++state.used, limit + 1);
      return Promise.resolve({ limit, used, resetAt, endsIn: resetAt * 1000 - time });
    },
  };
  const clock = new StoreClock(() => own.time);
  const fallback = localRateLimiter({ now: clock.now });
  return { own, state, ...resilient(store, { clock, fallback, onTrouble() {} }) };
}

test.each(SKEWS)("a clock %s the store's is set right by the first count", async (_, ahead) => {
  const { now, take } = world(ahead);
  await take(minute("a", 5));
  expect(now()).toBe(NOON + 20_000);
});

test.each(SKEWS)("refuses from memory until the store's minute ends: %s", async (_, ahead) => {
  const { own, state, take } = world(ahead);
  for (let n = 0; n < 3; n++) await take(minute("a", 3));
  own.time += 39_999;
  expect(allowed(await take(minute("a", 3)))).toBe(false);
  expect(state.asked).toBe(3);
  own.time += 1;
  state.used = 0;
  expect(allowed(await take(minute("a", 3)))).toBe(true);
});

test.each(SKEWS)("goes on from the store's count once it is away: %s", async (_, ahead) => {
  const { own, state, take } = world(ahead);
  for (let n = 0; n < 3; n++) await take(minute("a", 5));
  state.away = true;
  const windows = [
    await take(minute("a", 5)),
    await take(minute("a", 5)),
    await take(minute("a", 5)),
  ];
  expect(windows.map(allowed)).toEqual([true, true, false]);
  expect(windows[0]?.resetAt).toBe(NOON / 1000 + 60);
  own.time += 40_000;
  expect(allowed(await take(minute("a", 5)))).toBe(true);
});

test("what is known of a window ends with it, also when the answer to a count came late", async () => {
  const { own, settle, local } = world(0);
  const window = { limit: 3, used: 3, resetAt: NOON / 1000 + 60, endsIn: 40_000 };
  own.time += 4_000;
  await settle(minute("a", 3), Promise.resolve(window), 1, 4_000);
  own.time = NOON + 59_999;
  expect(local(minute("a", 3))).toMatchObject({ used: 4 });
  own.time = NOON + 60_000;
  expect(local(minute("a", 3))).toBeNull();
});

test("without a store that tells its time, the process's own is taken", () => {
  const clock = new StoreClock(() => NOON);
  clock.learn({ limit: 1, used: 1, resetAt: NOON / 1000 + HOUR }, NOON);
  expect(clock.now()).toBe(NOON);
});
