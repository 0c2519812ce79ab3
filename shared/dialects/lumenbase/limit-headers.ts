import type { LimitUse } from "../../http/caller.ts";
import { secondsUntil } from "../../http/seconds.ts";
import { windowEnd } from "../../limits/rate-limiter.ts";

/** Requests a minute of a workspace that has no limit of its own. */
export const DEFAULT_LIMIT = 100;

const NOBODYS = { limit: DEFAULT_LIMIT, seconds: 60, policy: "workspace" };

/**
 * The rate limit headers: `X-RateLimit-*` (spec: Best practices; reset in Unix seconds) and
 * `RateLimit` with `RateLimit-Policy` (IETF draft httpapi-ratelimit-headers). An answer that belongs
 * to no workspace, such as a 401, shows the default limit, of which it used nothing.
 */
export function limitHeaders(use: LimitUse | null, now: number): Record<string, string> {
  const { seconds, policy } = use?.limit ?? NOBODYS;
  const { limit, used, resetAt } = use?.window ??
    { limit: NOBODYS.limit, used: 0, resetAt: windowEnd(now, seconds) };
  const remaining = Math.max(0, limit - used);
  return {
    "X-RateLimit-Limit": String(limit),
    "X-RateLimit-Remaining": String(remaining),
    "X-RateLimit-Reset": String(resetAt),
    "RateLimit-Policy": `"${policy}";q=${limit};w=${seconds}`,
    "RateLimit": `"${policy}";r=${remaining};t=${secondsUntil(resetAt, now)}`,
  };
}
