import { checkedWindow, type Limit, type RateWindow, type Store } from "./rate-limiter.ts";

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

/** Counts like {@link countRequest}; a transaction of the session may then require this token. */
export function countAndAdmit(
  limit: Limit,
  amount: number,
  token: string,
): { ask: Counting; require: Counting } {
  const { values } = countRequest(limit, amount);
  return {
    ask: {
      text: `select used, reset_at, ends_in, $2::integer as "limit", set_config(
          'lumenbase.admitted', case when used <= $2 then $5 else '' end, false)
        from app.count_request($1::uuid, $2, $3, $4)`,
      values: [...values, token],
      prepared: true,
    },
    require: { text: "select app.require_admission($1)", values: [token], prepared: true },
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
