import { minute } from "../support/minute.ts";
import { afterEach, beforeEach, expect, test } from "vitest";
import { chooseRateLimiter } from "../../shared/limits/choose.ts";
import { startUpstash, type UpstashStandIn } from "../support/upstash.ts";
import { eventually } from "../support/workspace.ts";

let upstash: UpstashStandIn;
let troubles: string[];

beforeEach(async () => {
  upstash = await startUpstash();
  troubles = [];
});

afterEach(() => upstash.refuse());

const report = (reason: string) => void troubles.push(reason);
const noDatabase = () => Promise.reject(new Error("the database is away"));

test("counts in PostgreSQL unless told otherwise", async () => {
  const answer = { limit: 9, used: 4, reset_at: "1795262460" };
  const limiter = chooseRateLimiter({}, () => Promise.resolve({ rows: [answer] }), report);

  expect(limiter.store).toBe("postgres");
  expect(await limiter.take(minute("a", 9))).toEqual({ limit: 9, used: 4, resetAt: 1795262460 });
});

test("counts in Upstash when its address is set", async () => {
  const env = { UPSTASH_REDIS_REST_URL: upstash.url, UPSTASH_REDIS_REST_TOKEN: upstash.token };
  const limiter = chooseRateLimiter(env, noDatabase, report);

  expect(limiter.store).toBe("upstash");
  // What loads for long at first is not waited for.
  await eventually(async () => {
    await limiter.take(minute("a", 9));
    return upstash.requests() > 0;
  });
});

test("counts in memory when PostgreSQL is away", async () => {
  const limiter = chooseRateLimiter({}, noDatabase, report);

  expect(await limiter.take(minute("a", 9))).toMatchObject({ limit: 9, used: 1 });
  expect(troubles).toEqual(["postgres: the database is away"]);
});

test("counts in memory when Upstash is away", async () => {
  const env = { UPSTASH_REDIS_REST_URL: upstash.url, UPSTASH_REDIS_REST_TOKEN: upstash.token };
  const limiter = chooseRateLimiter(env, noDatabase, report);
  await upstash.refuse();

  expect(await limiter.take(minute("a", 9))).toMatchObject({ limit: 9, used: 1 });
  expect(troubles).toEqual([expect.stringMatching(/^upstash: ./)]);
});

test.each([
  ["no row", []],
  ["an empty row", [{}]],
  ["a row of nulls", [{ limit: 9, used: null, reset_at: null }]],
  ["words", [{ limit: 9, used: "many", reset_at: "soon" }]],
])("counts in memory when PostgreSQL answers with %s", async (_, rows) => {
  const limiter = chooseRateLimiter({}, () => Promise.resolve({ rows }), report);

  expect(await limiter.take(minute("a", 9))).toMatchObject({ limit: 9, used: 1 });
  expect(troubles).toHaveLength(1);
});

test.each([
  [{ UPSTASH_REDIS_REST_URL: "https://eu1.example" }, "set UPSTASH_REDIS_REST_TOKEN too"],
  [{ UPSTASH_REDIS_REST_TOKEN: "t" }, "set UPSTASH_REDIS_REST_URL too"],
  [
    { UPSTASH_REDIS_REST_URL: "redis://eu1.example", UPSTASH_REDIS_REST_TOKEN: "t" },
    "must be the https:// address",
  ],
])("does not start with half of Upstash's settings: %o", (env, message) => {
  expect(() => chooseRateLimiter(env, noDatabase, report)).toThrow(message);
});

test("empty settings are settings that are not there", () => {
  const env = { UPSTASH_REDIS_REST_URL: " ", UPSTASH_REDIS_REST_TOKEN: "\n" };
  expect(chooseRateLimiter(env, noDatabase, report).store).toBe("postgres");
});
