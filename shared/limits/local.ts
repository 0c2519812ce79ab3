import { BoundedMap } from "./bounded-map.ts";
import { type Clock, type RateLimiter, windowEnd } from "./rate-limiter.ts";

/**
 * Counts in this isolate's memory, for the time a shared store is away. Above `maxWorkspaces`
 * active in one minute, the one that was quiet the longest starts again at zero.
 */
export function localRateLimiter(
  { now = Date.now, maxWorkspaces = 10_000 }: { now?: Clock; maxWorkspaces?: number } = {},
): RateLimiter {
  const counts = new BoundedMap<string, number>(maxWorkspaces);
  let resetAt = 0;

  return {
    take(workspaceId, limit) {
      const end = windowEnd(now());
      if (end !== resetAt) {
        counts.clear();
        resetAt = end;
      }
      const before = counts.get(workspaceId) ?? 0;
      const refused = before >= limit;
      counts.set(workspaceId, refused ? before : before + 1);
      return Promise.resolve({ limit, used: refused ? limit + 1 : before + 1, resetAt });
    },
  };
}
