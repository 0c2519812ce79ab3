import { minute } from "../support/minute.ts";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { allowed } from "../../shared/limits/rate-limiter.ts";
import { upstashRateLimiter } from "../../shared/limits/upstash.ts";
import { startUpstash, type UpstashStandIn } from "../support/upstash.ts";

const NOON = Date.UTC(2026, 10, 21, 12, 0, 0);
const PATIENT = 60_000;
let upstash: UpstashStandIn;

// The package reads the clock itself, so the date is what the tests set.
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOON + 30_000 });
  upstash = await startUpstash();
});

afterEach(async () => {
  vi.useRealTimers();
  await upstash.refuse();
});

function limiter(timeoutMs = PATIENT) {
  return upstashRateLimiter({ url: upstash.url, token: upstash.token, timeoutMs });
}

test("lets exactly the limit through when 200 requests come at once", async () => {
  const isolates = [limiter(), limiter(), limiter(), limiter()];
  const takes = Array.from({ length: 200 }, (_, i) => isolates[i % 4]!.take(minute("a", 100)));
  const windows = await Promise.all(takes);

  expect(windows.filter(allowed).map(({ used }) => used).sort((a, b) => a - b))
    .toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
  expect(windows.filter((window) => !allowed(window)))
    .toEqual(Array(100).fill({ limit: 100, used: 101, resetAt: NOON / 1000 + 60 }));
});

test("windows begin at each full minute", async () => {
  const store = limiter();
  vi.setSystemTime(NOON + 59_999);
  await store.take(minute("a", 1));
  expect(allowed(await store.take(minute("a", 1)))).toBe(false);

  vi.setSystemTime(NOON + 60_000);
  expect(await store.take(minute("a", 1))).toEqual({
    limit: 1,
    used: 1,
    resetAt: NOON / 1000 + 120,
  });
});

test("a workspace does not count against another", async () => {
  const store = limiter();
  await store.take(minute("a", 1));
  expect((await store.take(minute("a", 1))).used).toBe(2);
  expect((await store.take(minute("b", 1))).used).toBe(1);
});

test("a changed limit applies to the requests already counted", async () => {
  const store = limiter();
  for (let i = 0; i < 3; i++) await store.take(minute("a", 3));

  expect(await store.take(minute("a", 5))).toMatchObject({ limit: 5, used: 4 });
  expect(await store.take(minute("a", 2))).toMatchObject({ limit: 2, used: 3 });
});

test("holds for more limits than are kept ready", async () => {
  const store = limiter();
  for (let limit = 1; limit <= 120; limit++) {
    expect(await store.take(minute("a", limit))).toMatchObject({ limit, used: limit });
  }
  expect(allowed(await store.take(minute("a", 1)))).toBe(false);
});

test("a store that does not answer is an error, not a free pass", async () => {
  upstash.behave({ delayMs: 600_000 });
  await expect(limiter(50).take(minute("a", 100))).rejects.toThrow(/within 50 ms|aborted/);
});

test("a store that refuses connections is an error", async () => {
  await upstash.refuse();
  await expect(limiter().take(minute("a", 100))).rejects.toThrow("fetch failed");
});

test("a wrong token is an error", async () => {
  const store = upstashRateLimiter({ url: upstash.url, token: "wrong", timeoutMs: PATIENT });
  await expect(store.take(minute("a", 100))).rejects.toThrow("WRONGPASS");
});

test.each([
  ["a page of HTML", "<html>Bad gateway</html>", "Unable to parse"],
  ["not a list", '{"result":"hello"}', "not a function"],
  ["an empty list", "[]", "undefined"],
])("an answer that is %s is an error", async (_, answer, message) => {
  upstash.behave({ answer });
  await expect(limiter().take(minute("a", 100))).rejects.toThrow(message);
});

test.each(["hello", null, [null, null], [null, 100], [0, 100], [-1, 100], [1.5, 100], [1, 7], {}])(
  "a result of %j is an error",
  async (result) => {
    upstash.behave({ answer: JSON.stringify([{ result }]) });
    await expect(limiter().take(minute("a", 100))).rejects.toThrow(/not a count|iterable/);
  },
);

test("counts again once the store is back", async () => {
  const store = limiter();
  await store.take(minute("a", 100));
  await upstash.refuse();
  await expect(store.take(minute("a", 100))).rejects.toThrow("fetch failed");

  await upstash.listen();
  expect((await store.take(minute("a", 100))).used).toBe(2);
});
