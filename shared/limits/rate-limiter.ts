/** How many requests a subject may make in each window. */
export interface Limit {
  /** The id of what is counted for: a workspace, a connector, a key. */
  subject: string;
  limit: number;
  /** The window's length; windows begin at whole multiples of it since the Unix epoch. */
  seconds: number;
}

/** The requests of a subject in one window. */
export interface RateWindow {
  /** Requests allowed in the window. */
  limit: number;
  /** Requests counted in the window, this one included; `limit + 1` for a refused one. */
  used: number;
  /** When the window ends, in whole Unix seconds. */
  resetAt: number;
  /** Milliseconds until then by the store's clock, where it tells. */
  endsIn?: number;
}

/** Counts requests in fixed windows: full UTC minutes or hours, in every store. */
export interface RateLimiter {
  /** Counts one request. Refused requests use up nothing. */
  take(limit: Limit): Promise<RateWindow>;
}

/** Counts for all isolates. */
export interface Store extends RateLimiter {
  /** Counts one request or several at once: all or none, though Upstash uses up the refused. */
  take(limit: Limit, amount?: number): Promise<RateWindow>;
}

/** A limiter that can go on from what another one counted. */
export interface Successor extends RateLimiter {
  /** Tells what is counted elsewhere of the window under way. */
  observe(limit: Limit, window: RateWindow): void;
}

/** Tells the time, in Unix milliseconds. */
export type Clock = () => number;

/** Whether the request that was counted in this window may proceed. */
export function allowed(window: RateWindow): boolean {
  return window.used <= window.limit;
}

/** The end of the window of this length that a time (Unix milliseconds) falls in, in Unix seconds. */
export function windowEnd(milliseconds: number, seconds: number): number {
  return (Math.floor(milliseconds / 1000 / seconds) + 1) * seconds;
}

/** Passes on what a store answered, or throws when it cannot be a count. */
export function checkedWindow(window: RateWindow): RateWindow {
  const counts = [window.limit, window.used, window.resetAt].every(Number.isSafeInteger);
  if (!counts || window.used < 1 || window.resetAt < 1) {
    throw new Error("the rate limit store answered with something that is not a count");
  }
  return window;
}
