/** Whole seconds until a Unix time, at least 1. */
export function secondsUntil(unixSeconds: number, now = Date.now()): number {
  return Math.max(1, Math.ceil(unixSeconds - now / 1000));
}

/** Seconds until the next UTC day, at least 1. */
export function secondsToMidnight(now: number): number {
  const day = 86_400_000;
  return Math.max(1, Math.ceil((day - (now % day)) / 1000));
}
