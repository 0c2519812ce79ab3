import { minute } from "../support/minute.ts";
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { localRateLimiter } from "../../shared/limits/local.ts";
import { allowed, type RateLimiter } from "../../shared/limits/rate-limiter.ts";
import { resilient } from "../../shared/limits/resilient.ts";
import { StoreClock } from "../../shared/limits/store-clock.ts";
import { upstashRateLimiter } from "../../shared/limits/upstash.ts";
import { startUpstash, type UpstashStandIn } from "../support/upstash.ts";

const NOON = Date.UTC(2026, 10, 21, 12, 0, 0);
const PATIENT = 60_000;
const NONSENSE = { answer: "<html>Welcome</html>" };
const OUT_OF_ORDER = { status: 500, answer: '{"error":"out of memory"}' };
let upstash: UpstashStandIn;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOON });
  upstash = await startUpstash();
});

afterEach(async () => {
  vi.useRealTimers();
  await upstash.refuse();
});

function isolate({ timeoutMs = PATIENT, store = upstashStore() } = {}) {
  const troubles: string[] = [];
  const limiter = resilient(store, {
    timeoutMs,
    clock: new StoreClock(() => Date.now()),
    fallback: localRateLimiter(),
    onTrouble: (reason) => troubles.push(reason),
  });
  return { ...limiter, troubles };
}

function upstashStore(): RateLimiter {
  return upstashRateLimiter({ url: upstash.url, token: upstash.token, timeoutMs: PATIENT });
}

async function takes(limiter: RateLimiter, count: number, limit: number) {
  return await Promise.all(Array.from({ length: count }, () => limiter.take(minute("a", limit))));
}

test("isolates share the count of a store that works", async () => {
  const [one, two] = [isolate(), isolate()];
  await one.take(minute("a", 100));

  expect(await two.take(minute("a", 100))).toEqual({
    limit: 100,
    used: 2,
    resetAt: NOON / 1000 + 60,
  });
  expect(one.troubles).toEqual([]);
});

test.each([
  ["slow", 100, () => upstash.behave({ delayMs: 600_000 }), /did not answer within/],
  ["gone", PATIENT, () => upstash.refuse(), /ECONNREFUSED/],
  ["talking nonsense", PATIENT, () => upstash.behave(NONSENSE), /<html>/],
  ["out of order", PATIENT, () => upstash.behave(OUT_OF_ORDER), /out of memory/],
])(
  "a store that is %s does not refuse requests: the isolate counts them, up to the same limit",
  async (_, timeoutMs, begin, reason) => {
    const limiter = isolate({ timeoutMs });
    await begin();
    const windows = await takes(limiter, 200, 100);

    expect(windows.filter(allowed)).toHaveLength(100);
    expect(windows[0]).toEqual({ limit: 100, used: 1, resetAt: NOON / 1000 + 60 });
    expect(limiter.troubles).toEqual([expect.stringMatching(reason)]);
  },
);

test("leaves a failed store alone, then tries it with one request at a time", async () => {
  let asked = 0;
  const failing: RateLimiter = {
    take: () => Promise.reject(new Error(`failure ${++asked}`)),
  };
  const limiter = isolate({ store: failing });
  await limiter.take(minute("a", 100));
  await takes(limiter, 10, 100);
  expect(asked).toBe(1);

  vi.setSystemTime(NOON + 5000);
  await takes(limiter, 10, 100);
  expect(asked).toBe(2);
});

test("goes on from the store's count when it fails, and back to it when it has recovered", async () => {
  const limiter = isolate();
  await takes(limiter, 3, 100);
  await upstash.refuse();
  expect((await limiter.take(minute("a", 100))).used).toBe(4);

  await upstash.listen();
  expect((await limiter.take(minute("a", 100))).used).toBe(5);

  vi.setSystemTime(NOON + 5000);
  expect((await limiter.take(minute("a", 100))).used).toBe(4);
  expect((await limiter.take(minute("a", 100))).used).toBe(5);
});

test("tells of trouble once a minute", async () => {
  const limiter = isolate();
  upstash.behave(NONSENSE);
  for (const second of [0, 10, 20, 59]) {
    vi.setSystemTime(NOON + second * 1000);
    await limiter.take(minute("a", 100));
  }
  expect(limiter.troubles).toHaveLength(1);

  vi.setSystemTime(NOON + 65_000);
  await limiter.take(minute("a", 100));
  expect(limiter.troubles).toHaveLength(2);
});

test("a failure that comes after the answer was given up on is harmless", async () => {
  const unhandled = vi.fn<() => void>();
  process.on("unhandledRejection", unhandled);
  onTestFinished(() => void process.off("unhandledRejection", unhandled));
  let fail = () => {};
  const store: RateLimiter = {
    take: () => new Promise((_, reject) => (fail = () => reject(new Error("too late")))),
  };
  const limiter = isolate({ timeoutMs: 20, store });
  expect((await limiter.take(minute("a", 100))).used).toBe(1);

  fail();
  await new Promise(setImmediate);
  expect(limiter.troubles).toEqual([expect.stringContaining("within 20 ms")]);
  expect(unhandled).not.toHaveBeenCalled();
});

test("a workspace that used up its limit costs the store nothing until its window ends", async () => {
  const limiter = isolate();
  await takes(limiter, 3, 3);
  const asked = upstash.requests();
  const refused = await takes(limiter, 50, 3);

  expect(refused).toEqual(Array(50).fill({ limit: 3, used: 4, resetAt: NOON / 1000 + 60 }));
  expect(upstash.requests()).toBe(asked);

  vi.setSystemTime(NOON + 60_000);
  expect((await limiter.take(minute("a", 3))).used).toBe(1);
});

test("a limit that was raised is asked of the store again", async () => {
  const limiter = isolate();
  await takes(limiter, 3, 3);

  expect(allowed(await limiter.take(minute("a", 2)))).toBe(false);
  expect(await limiter.take(minute("a", 5))).toMatchObject({ limit: 5, used: 4 });
});

test("settles a count that the caller asked for, and knows of refusals before asking", async () => {
  const limiter = isolate();
  const window = { limit: 3, used: 3, resetAt: NOON / 1000 + 60 };
  expect(limiter.local(minute("a", 3))).toBeNull();

  expect(await limiter.settle(minute("a", 3), Promise.resolve(window), 1, 0)).toEqual(window);
  expect(limiter.local(minute("a", 3))).toEqual({ ...window, used: 4 });
  expect(limiter.local(minute("b", 3))).toBeNull();

  const failed = Promise.reject(new Error("no such function"));
  expect((await limiter.settle(minute("b", 3), failed, 1, 0)).used).toBe(1);
  expect(limiter.troubles).toEqual(["no such function"]);
});

test("tells whether it may know of any refusal, until the last window ends", async () => {
  const limiter = isolate();
  const resetAt = NOON / 1000 + 60;
  await limiter.settle(minute("a", 3), Promise.resolve({ limit: 3, used: 2, resetAt }), 1, 0);
  expect(limiter.refusesAny()).toBe(false);
  await limiter.settle(minute("b", 3), Promise.resolve({ limit: 3, used: 3, resetAt }), 1, 0);
  await limiter.settle(
    minute("c", 3),
    Promise.resolve({ limit: 3, used: 3, resetAt: resetAt - 30 }),
    1,
    0,
  );
  vi.setSystemTime(NOON + 59_000);
  expect(limiter.refusesAny()).toBe(true);
  vi.setSystemTime(NOON + 60_000);
  expect(limiter.refusesAny()).toBe(false);
});

test("a store whose clock is far ahead cannot lock a workspace out", async () => {
  const limiter = isolate();
  const window = { limit: 3, used: 3, resetAt: NOON / 1000 + 3600 };
  await limiter.settle(minute("a", 3), Promise.resolve(window), 1, 0);
  vi.setSystemTime(NOON + 60_000);

  expect(limiter.local(minute("a", 3))).toBeNull();
});
