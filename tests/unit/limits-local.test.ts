import { minute } from "../support/minute.ts";
import { expect, test } from "vitest";
import { localRateLimiter } from "../../shared/limits/local.ts";
import { allowed } from "../../shared/limits/rate-limiter.ts";

const NOON = Date.UTC(2026, 10, 21, 12, 0, 0);

function limiterAt(start: number, maxSubjects?: number) {
  const clock = { time: start };
  const now = () => clock.time;
  return { clock, limiter: localRateLimiter(maxSubjects ? { now, maxSubjects } : { now }) };
}

test("counts up to the limit and refuses what follows", async () => {
  const { limiter } = limiterAt(NOON + 30_000);
  const windows = [];
  for (let i = 0; i < 5; i++) windows.push(await limiter.take(minute("a", 3)));

  expect(windows.map((window) => window.used)).toEqual([1, 2, 3, 4, 4]);
  expect(windows.map(allowed)).toEqual([true, true, true, false, false]);
  expect(windows[0]).toEqual({ limit: 3, used: 1, resetAt: NOON / 1000 + 60 });
});

test("windows begin at each full minute", async () => {
  const { clock, limiter } = limiterAt(NOON + 59_999);
  await limiter.take(minute("a", 1));
  expect(allowed(await limiter.take(minute("a", 1)))).toBe(false);

  clock.time = NOON + 60_000;
  expect(await limiter.take(minute("a", 1))).toEqual({
    limit: 1,
    used: 1,
    resetAt: NOON / 1000 + 120,
  });
});

test("a workspace does not count against another", async () => {
  const { limiter } = limiterAt(NOON);
  await limiter.take(minute("a", 1));
  expect((await limiter.take(minute("a", 1))).used).toBe(2);
  expect((await limiter.take(minute("b", 1))).used).toBe(1);
});

test("a changed limit applies to the requests already counted", async () => {
  const { limiter } = limiterAt(NOON);
  for (let i = 0; i < 4; i++) await limiter.take(minute("a", 3));

  expect(await limiter.take(minute("a", 5))).toMatchObject({ limit: 5, used: 4 });
  expect(await limiter.take(minute("a", 2))).toMatchObject({ limit: 2, used: 3 });
  expect(await limiter.take(minute("a", 5))).toMatchObject({ limit: 5, used: 5 });
});

test("forgets the quietest workspace when more are active than fit", async () => {
  const { limiter } = limiterAt(NOON, 2);
  for (const workspace of ["noisy", "quiet", "noisy", "third"]) {
    await limiter.take(minute(workspace, 9));
  }

  expect((await limiter.take(minute("noisy", 9))).used).toBe(3);
  expect((await limiter.take(minute("quiet", 9))).used).toBe(1);
});

test("goes on from what was counted elsewhere in the same minute", async () => {
  const { clock, limiter } = limiterAt(NOON);
  const resetAt = NOON / 1000 + 60;
  limiter.observe(minute("a", 3), { limit: 3, used: 2, resetAt });
  limiter.observe(minute("a", 3), { limit: 3, used: 1, resetAt });
  limiter.observe(minute("b", 3), { limit: 3, used: 3, resetAt: resetAt - 60 });
  expect((await limiter.take(minute("a", 3))).used).toBe(3);
  expect(allowed(await limiter.take(minute("a", 3)))).toBe(false);
  expect((await limiter.take(minute("b", 3))).used).toBe(1);
  clock.time = NOON + 60_000;
  expect((await limiter.take(minute("a", 3))).used).toBe(1);
});
