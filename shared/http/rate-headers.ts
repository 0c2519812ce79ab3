import type { RateWindow } from "../limits/rate-limiter.ts";
import { windowEnd } from "../limits/rate-limiter.ts";

/** Requests a minute of a workspace that has no limit of its own. */
export const DEFAULT_LIMIT = 100;

/** Whose limit the headers tell of. */
export type RatePolicy = "workspace" | "connector";

/**
 * The rate limit headers: `X-RateLimit-*` (spec: Best practices; reset in Unix seconds) and
 * `RateLimit` with `RateLimit-Policy` (IETF draft httpapi-ratelimit-headers). An answer that belongs
 * to no workspace, such as a 401, shows the default limit, of which it used nothing.
 */
export function rateHeaders(
  window: RateWindow | null,
  now = Date.now(),
  policy: RatePolicy = "workspace",
): Record<string, string> {
  const { limit, used, resetAt } = window ??
    { limit: DEFAULT_LIMIT, used: 0, resetAt: windowEnd(now) };
  const remaining = Math.max(0, limit - used);
  return {
    "X-RateLimit-Limit": String(limit),
    "X-RateLimit-Remaining": String(remaining),
    "X-RateLimit-Reset": String(resetAt),
    "RateLimit-Policy": `"${policy}";q=${limit};w=60`,
    "RateLimit": `"${policy}";r=${remaining};t=${secondsUntil(resetAt, now)}`,
  };
}

/** Whole seconds until a Unix time, at least 1. */
export function secondsUntil(unixSeconds: number, now = Date.now()): number {
  return Math.max(1, Math.ceil(unixSeconds - now / 1000));
}
