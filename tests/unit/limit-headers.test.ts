import { expect, test } from "vitest";
import type { LimitUse } from "../../shared/http/caller.ts";
import { secondsUntil } from "../../shared/http/seconds.ts";
import { limitHeaders } from "../../shared/dialects/lumenbase/limit-headers.ts";
import type { RateWindow } from "../../shared/limits/rate-limiter.ts";
import { minute } from "../support/minute.ts";

const MINUTE = Date.parse("2026-11-21T12:01:00Z") / 1000;
const NOW = (MINUTE - 18) * 1000;

function use(policy: string, window: RateWindow): LimitUse {
  return { limit: { ...minute("x", window.limit), name: "requests", policy }, window };
}

test.each([
  [{ limit: 100, used: 1, resetAt: MINUTE }, "100", "99", "99"],
  [{ limit: 100, used: 100, resetAt: MINUTE }, "100", "0", "0"],
  [{ limit: 100, used: 101, resetAt: MINUTE }, "100", "0", "0"],
  [{ limit: 1, used: 1, resetAt: MINUTE }, "1", "0", "0"],
  [{ limit: 5000, used: 42, resetAt: MINUTE }, "5000", "4958", "4958"],
  [null, "100", "100", "100"],
])("the headers of %j", (window, limit, remaining, r) => {
  expect(limitHeaders(window && use("workspace", window), NOW)).toEqual({
    "X-RateLimit-Limit": limit,
    "X-RateLimit-Remaining": remaining,
    "X-RateLimit-Reset": String(MINUTE),
    "RateLimit-Policy": `"workspace";q=${limit};w=60`,
    "RateLimit": `"workspace";r=${r};t=18`,
  });
});

test("a connector's own limit goes by its name", () => {
  const headers = limitHeaders(use("connector", { limit: 60, used: 61, resetAt: MINUTE }), NOW);
  expect(headers["RateLimit-Policy"]).toBe(`"connector";q=60;w=60`);
  expect(headers["RateLimit"]).toBe(`"connector";r=0;t=18`);
});

test.each([
  [MINUTE, NOW, 18],
  [MINUTE, NOW + 1, 18],
  [MINUTE, NOW - 1, 19],
  [MINUTE, MINUTE * 1000 - 1, 1],
  [MINUTE, MINUTE * 1000, 1],
  [MINUTE, MINUTE * 1000 + 5_000, 1],
])("from %d it takes until %d %d s", (end, now, seconds) => {
  expect(secondsUntil(end, now)).toBe(seconds);
});
