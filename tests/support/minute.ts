import type { Limit } from "../../shared/limits/rate-limiter.ts";

/** A limit of a minute. */
export function minute(subject: string, limit: number): Limit {
  return { subject, limit, seconds: 60 };
}
