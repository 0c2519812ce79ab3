import { type Sql, sql, statement } from "../../db/sql.ts";
import { isPostgresError } from "../../db/errors.ts";
import { rowOf } from "../../db/wire/rows.ts";
import type { Rows, Statement } from "../../db/wire/pipeline.ts";
import { Refusal } from "../../refusals/refusal.ts";
import type { Query } from "./query.ts";
import { selectQuery } from "./select.ts";

/** How long a query may take. */
const MOST_SECONDS = 5;
const RETRY_SECONDS = 5;
const STATEMENT_STOPPED = "57014";

/** The statements that run a checked query, for as long as it may take. */
export function queryStatements(query: Query, seconds = MOST_SECONDS): Statement[] {
  const limit: Sql = sql`select set_config('statement_timeout', ${`${seconds * 1_000}`}, true)`;
  return [limit, selectQuery(query)].map(statement);
}

/** What a query found: JSON of its rows, how many there are, and of the value where that is one. */
export interface Found {
  rows: string;
  row_count: number;
  value: string | null;
}

/** What the statements of a query answered. */
export function foundIn(answers: readonly Rows[]): Found {
  return rowOf<Found>(answers.at(-1));
}

/** What is told of a query that failed: a refusal where it took too long. */
export function queryError(error: unknown): unknown {
  const { cause = error } = error instanceof Error ? error : {};
  if (!isPostgresError(cause) || cause.code !== STATEMENT_STOPPED) return error;
  return new Refusal(
    "unavailable",
    `The query took longer than ${MOST_SECONDS} seconds and was stopped; let it find fewer ` +
      "records, by filters or dates, or try again later.",
    { retry_after: RETRY_SECONDS },
    { cause: error },
  );
}
