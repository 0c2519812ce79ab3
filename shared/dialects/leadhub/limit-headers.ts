import type { LimitUse } from "../../http/caller.ts";
import { windowEnd } from "../../limits/rate-limiter.ts";
import { DEFAULT_LIMIT } from "./caller.ts";

/** The length of a window, in seconds. */
export const HOUR = 3_600;

/**
 * The rate limit headers (spec: Rate Limiting; reset in Unix seconds). An answer that belongs to no
 * key shows the default limit, of which it used nothing.
 */
export function limitHeaders(use: LimitUse | null, now: number): Record<string, string> {
  const { limit, used, resetAt } = use?.window ??
    { limit: DEFAULT_LIMIT, used: 0, resetAt: windowEnd(now, HOUR) };
  return {
    "X-RateLimit-Limit": String(limit),
    "X-RateLimit-Remaining": String(Math.max(0, limit - used)),
    "X-RateLimit-Reset": String(resetAt),
  };
}
