import { BoundedMap } from "./bounded-map.ts";
import {
  type Clock,
  type RateLimiter,
  type RateWindow,
  type Successor,
  windowEnd,
} from "./rate-limiter.ts";

const MAX_REMEMBERED = 10_000;
const WINDOW_MS = 60_000;

/** How to act when the store fails. */
export interface ResilientOptions {
  /** Longest wait for the store, in milliseconds. Default 1000. */
  timeoutMs?: number;
  /** How long the store is left alone after a failure, in milliseconds. Default 5000. */
  pauseMs?: number;
  /** Counts requests while the store is away, going on from its last counts. */
  fallback: Successor;
  /** Told why the store failed, at most once a minute. */
  onTrouble(reason: string): void;
  now?: Clock;
}

/** A limiter that always answers, and that a caller with its own way to the store can consult. */
export interface ResilientRateLimiter extends RateLimiter {
  /** The refusal this isolate already knows of, or null. Asks no store. */
  refusal(workspaceId: string, limit: number): RateWindow | null;
  /** Like `take`, for a count the caller has asked the store for itself, as in a pipeline. */
  settle(workspaceId: string, limit: number, asked: Promise<RateWindow>): Promise<RateWindow>;
}

/**
 * Keeps requests flowing when the store is slow, gone or answers nonsense: none is refused for that
 * reason, each is counted by the fallback with the same limit instead, so for that time the limit
 * holds per isolate. A failed store is left alone for `pauseMs`, then tried by one request at a
 * time. A workspace that has used up its limit is refused from memory until its window ends.
 */
export function resilient(
  limiter: RateLimiter,
  { timeoutMs = 1000, pauseMs = 5000, fallback, onTrouble, now = Date.now }: ResilientOptions,
): ResilientRateLimiter {
  const usedUp = usedUpWindows(now);
  const reportTrouble = oncePerWindow(onTrouble, now);
  let retryAt: number | null = null;

  async function settle(workspaceId: string, limit: number, asked: Promise<RateWindow>) {
    try {
      const window = await within(timeoutMs, asked);
      retryAt = null;
      usedUp.remember(workspaceId, window);
      fallback.observe(workspaceId, window);
      return window;
    } catch (error) {
      retryAt = now() + pauseMs;
      reportTrouble(reasonOf(error));
      return fallback.take(workspaceId, limit);
    }
  }

  return {
    refusal: usedUp.refusal,
    settle,
    async take(workspaceId, limit) {
      const refused = usedUp.refusal(workspaceId, limit);
      if (refused) return refused;
      if (retryAt !== null) {
        if (now() < retryAt) return fallback.take(workspaceId, limit);
        retryAt = now() + pauseMs;
      }
      return await settle(workspaceId, limit, limiter.take(workspaceId, limit));
    },
  };
}

function usedUpWindows(now: Clock) {
  const windows = new BoundedMap<string, { limit: number; resetAt: number; until: number }>(
    MAX_REMEMBERED,
  );
  return {
    remember(workspaceId: string, { limit, used, resetAt }: RateWindow) {
      if (used < limit) return;
      // The store's clock may be far from this one's.
      const until = Math.min(resetAt * 1000, now() + WINDOW_MS);
      windows.set(workspaceId, { limit, resetAt, until });
    },
    refusal(workspaceId: string, limit: number): RateWindow | null {
      const known = windows.get(workspaceId);
      if (known === undefined || limit > known.limit) return null;
      if (now() < known.until) return { limit, used: limit + 1, resetAt: known.resetAt };
      windows.delete(workspaceId);
      return null;
    },
  };
}

function oncePerWindow(report: (reason: string) => void, now: Clock): (reason: string) => void {
  let reportedIn = 0;
  return (reason) => {
    const window = windowEnd(now());
    if (window === reportedIn) return;
    reportedIn = window;
    report(reason);
  };
}

async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`the rate limit store did not answer within ${milliseconds} ms`)),
      milliseconds,
    );
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** One line: errors of stores may carry whole scripts, and `fetch` hides the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : "";
  return `${error.message}${cause}`.split("\n", 1)[0]?.slice(0, 200) ?? "";
}
