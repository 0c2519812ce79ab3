import { checkedWindow, type RateLimiter, type RateWindow } from "./rate-limiter.ts";

/** Runs one statement, as `pg` does. */
export type Query = (text: string, values: unknown[]) => Promise<{ rows: unknown[] }>;

/**
 * The statement that counts a request. It must commit on its own: inside a transaction, a rollback
 * would forget the request and the workspace's next request would wait for the commit. To save a
 * round trip, pipeline it in front of `begin`.
 */
export function countRequest(
  workspaceId: string,
  limit: number,
): { text: string; values: unknown[] } {
  return {
    text: `select used, reset_at, $2::integer as "limit" from app.count_request($1::uuid, $2)`,
    values: [workspaceId, limit],
  };
}

/** Reads the one row that {@link countRequest} gives; `bigint` may come as a string. */
export function readWindow(row: unknown): RateWindow {
  const { limit, used, reset_at } = (row ?? {}) as Record<string, unknown>;
  return checkedWindow({
    limit: wholeNumber(limit),
    used: wholeNumber(used),
    resetAt: wholeNumber(reset_at),
  });
}

/** Counts in `crm.rate_windows`: nothing to install, exact over all isolates. */
export function postgresRateLimiter(query: Query): RateLimiter {
  return {
    async take(workspaceId, limit) {
      const { text, values } = countRequest(workspaceId, limit);
      const { rows } = await query(text, values);
      return readWindow(rows[0]);
    },
  };
}

function wholeNumber(value: unknown): number {
  return typeof value === "string" || typeof value === "number" ? Number(value) : NaN;
}
