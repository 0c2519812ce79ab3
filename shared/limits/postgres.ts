import { checkedWindow, type Limit, type RateWindow, type Store } from "./rate-limiter.ts";

/** Raised by app.admit_request for a request over its limit; the detail is the count, as JSON. */
const NOT_LET_IN = "LB020";

/** Runs one statement, as `pg` does. */
export type Query = (text: string, values: unknown[]) => Promise<{ rows: unknown[] }>;

interface Counting {
  text: string;
  values: unknown[];
  prepared: true;
}

/**
 * The statement that counts a request. It must commit on its own: inside a transaction, a rollback
 * would forget the request and the workspace's next request would wait for the commit. To save a
 * round trip, pipeline it in front of `begin`.
 */
export function countRequest(
  { subject, limit, seconds }: Limit,
  amount = 1,
): Counting {
  return {
    text: `select used, reset_at, ends_in, $2::integer as "limit"
      from app.count_request($1::uuid, $2, $3, $4)`,
    values: [subject, limit, seconds, amount],
    prepared: true,
  };
}

/**
 * Counts like {@link countRequest} and commits, in front of a transaction that is sent with it. A request
 * over the limit fails, and the transaction is skipped.
 */
export function admitRequest(limit: Limit, amount: number): Counting {
  const { values } = countRequest(limit, amount);
  const text = "call app.admit_request($1::uuid, $2, $3, $4, null, null, null)";
  return { text, values, prepared: true };
}

/** The count that {@link admitRequest} gave, or failed with. Throws what else it failed with. */
export function readAdmission(
  { limit }: Limit,
  answer: { rows: readonly object[] } | { error: unknown },
): RateWindow {
  if (!("error" in answer)) return readWindow({ ...answer.rows[0], limit });
  const { code, detail } = (answer.error ?? {}) as Record<string, unknown>;
  if (code !== NOT_LET_IN || typeof detail !== "string") throw answer.error;
  return readWindow({ ...JSON.parse(detail), limit });
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
    async take(limit, amount) {
      const { text, values } = countRequest(limit, amount);
      const { rows } = await query(text, values);
      return readWindow(rows[0]);
    },
  };
}

function wholeNumber(value: unknown): number {
  return typeof value === "string" || typeof value === "number" ? Number(value) : NaN;
}
