import { BoundedMap } from "../memory/bounded-map.ts";
import type { Clock, Limit, RateWindow } from "./rate-limiter.ts";

const MAX_REMEMBERED = 10_000;

/** Windows in which a limit is used up, until they end: who is over it need not ask the store. */
export interface ExhaustedWindows {
  /** Takes what the store answered, which was asked at this time of the clock. */
  remember(limit: Limit, window: RateWindow, askedAt: number): void;
  /** The refusal of a request, when it is known to be one. */
  refusal(limit: Limit): RateWindow | null;
  /** Whether any limit may be used up now. */
  any(): boolean;
}

/** None yet. */
export function exhaustedWindows(now: Clock): ExhaustedWindows {
  const windows = new BoundedMap<string, { limit: number; resetAt: number; until: number }>(
    MAX_REMEMBERED,
  );
  let lastUntil = -Infinity;
  return {
    remember({ subject, seconds }, window, askedAt) {
      const { limit, used, resetAt, endsIn } = window;
      if (used < limit) return;
      const until = endsIn === undefined
        ? Math.min(resetAt * 1000, now() + seconds * 1000)
        : askedAt + endsIn;
      windows.set(subject, { limit, resetAt, until });
      lastUntil = Math.max(lastUntil, until);
    },
    refusal({ subject, limit }) {
      const known = windows.get(subject);
      if (known === undefined || limit > known.limit) return null;
      if (now() < known.until) return { limit, used: limit + 1, resetAt: known.resetAt };
      windows.delete(subject);
      return null;
    },
    any: () => now() < lastUntil,
  };
}
