import { windowEnd } from "../limits/rate-limiter.ts";
import type { LimitUse } from "./caller.ts";

/**
 * Makes the headers `X-RateLimit-Limit`, `-Remaining` and `-Reset` (Unix seconds) of an API. An answer
 * that belongs to nobody shows the default limit, of which it used nothing.
 */
export function rateLimitHeaders(
  standard: { limit: number; seconds: number },
): (use: LimitUse | null, now: number) => Record<string, string> {
  return (use, now) => {
    const { limit, used, resetAt } = use?.window ??
      { limit: standard.limit, used: 0, resetAt: windowEnd(now, standard.seconds) };
    return {
      "X-RateLimit-Limit": String(limit),
      "X-RateLimit-Remaining": String(Math.max(0, limit - used)),
      "X-RateLimit-Reset": String(resetAt),
    };
  };
}
