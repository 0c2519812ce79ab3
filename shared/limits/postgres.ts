import { checkedWindow, type RateWindow, type Store } from "./rate-limiter.ts";

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
  amount = 1,
): { text: string; values: unknown[]; prepared: true } {
  return {
    text: `select used, reset_at, ends_in, $2::integer as "limit"
      from app.count_request($1::uuid, $2, p_amount => $3)`,
    values: [workspaceId, limit, amount],
    prepared: true,
  };
}

/** Reads the one row that {@link countRequest} gives; `bigint` may come as a string. */
export function readWindow(row: unknown): RateWindow {
  const { limit, used, reset_at, ends_in } = (row ?? {}) as Record<string, unknown>;
  return checkedWindow({
    limit: wholeNumber(limit),
    used: wholeNumber(used),
    resetAt: wholeNumber(reset_at),
    ...(typeof ends_in === "number" ? { endsIn: ends_in } : {}),
  });
}

/** Counts in `crm.rate_windows`: nothing to install, exact over all isolates. */
export function postgresRateLimiter(query: Query): Store {
  return {
    async take(workspaceId, limit, amount) {
      const { text, values } = countRequest(workspaceId, limit, amount);
      const { rows } = await query(text, values);
      return readWindow(rows[0]);
    },
  };
}

function wholeNumber(value: unknown): number {
  return typeof value === "string" || typeof value === "number" ? Number(value) : NaN;
}
