import { BoundedMap } from "../memory/bounded-map.ts";
import { type Clock, type Successor, windowEnd } from "./rate-limiter.ts";

/**
 * Counts in this isolate's memory, for the time a shared store is away, going on from what that store
 * last said. Above `maxWorkspaces` active in one minute, the one that was quiet the longest starts
 * again at zero.
 */
export function localRateLimiter(
  { now = Date.now, maxWorkspaces = 10_000 }: { now?: Clock; maxWorkspaces?: number } = {},
): Successor {
  const counts = new BoundedMap<string, number>(maxWorkspaces);
  let resetAt = 0;

  function counted(workspaceId: string): number {
    const end = windowEnd(now());
    if (end !== resetAt) {
      counts.clear();
      resetAt = end;
    }
    return counts.get(workspaceId) ?? 0;
  }

  return {
    take(workspaceId, limit) {
      const before = counted(workspaceId);
      const refused = before >= limit;
      counts.set(workspaceId, refused ? before : before + 1);
      return Promise.resolve({ limit, used: refused ? limit + 1 : before + 1, resetAt });
    },
    observe(workspaceId, window) {
      const before = counted(workspaceId);
      if (window.resetAt !== resetAt) return;
      counts.set(workspaceId, Math.max(before, Math.min(window.used, window.limit)));
    },
  };
}
