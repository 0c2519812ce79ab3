import { BoundedMap } from "../memory/bounded-map.ts";
import { type Clock, type Limit, type Successor, windowEnd } from "./rate-limiter.ts";

interface Count {
  used: number;
  resetAt: number;
}

/**
 * Counts in this isolate's memory, for the time a shared store is away, going on from what that store
 * last said. Above `maxSubjects`, the one that was quiet the longest starts again at zero.
 */
export function localRateLimiter(
  { now = Date.now, maxSubjects = 10_000 }: { now?: Clock; maxSubjects?: number } = {},
): Successor {
  const counts = new BoundedMap<string, Count>(maxSubjects);

  function counted({ subject, seconds }: Limit): Count {
    const resetAt = windowEnd(now(), seconds);
    const count = counts.get(subject);
    return count?.resetAt === resetAt ? count : { used: 0, resetAt };
  }

  return {
    take(asked) {
      const { used, resetAt } = counted(asked);
      const { subject, limit } = asked;
      const refused = used >= limit;
      counts.set(subject, { used: refused ? used : used + 1, resetAt });
      return Promise.resolve({ limit, used: refused ? limit + 1 : used + 1, resetAt });
    },
    observe(asked, window) {
      const { used, resetAt } = counted(asked);
      if (window.resetAt !== resetAt) return;
      const seen = Math.max(used, Math.min(window.used, window.limit));
      counts.set(asked.subject, { used: seen, resetAt });
    },
  };
}
