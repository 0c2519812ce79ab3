import { isConsequence } from "./errors.ts";
import type { PoolClient } from "./pool.ts";

/** One SQL statement with its bound values. */
export interface Statement {
  text: string;
  values: readonly unknown[];
}

export type Rows = Record<string, unknown>[];

/** Sends all statements before the first answer is read: one round trip. */
export async function settle(
  client: PoolClient,
  statements: readonly Statement[],
): Promise<PromiseSettledResult<Rows>[]> {
  // Nothing may throw between cork and uncork: the connection would wait for ever.
  const queries = statements.map(({ text, values }) => {
    if (typeof text !== "string") throw new TypeError("a statement has no text");
    return { text, values: [...values] };
  });
  const { stream } = client.connection;
  stream.cork();
  const answers = queries.map((query) => client.query<Record<string, unknown>>(query));
  stream.uncork();
  return await Promise.allSettled(answers.map(async (answer) => (await answer).rows));
}

/** Sends all statements and answers their rows; throws the first real error. */
export async function send(client: PoolClient, statements: readonly Statement[]): Promise<Rows[]> {
  return rowsOf(await settle(client, statements));
}

/**
 * The rows of settled statements. A statement that fails makes those after it in its transaction
 * fail as well, so the error thrown is the first that is not such a consequence.
 */
export function rowsOf(settled: readonly PromiseSettledResult<Rows>[]): Rows[] {
  const failures: unknown[] = [];
  const rows = settled.map((one) => {
    if (one.status === "fulfilled") return one.value;
    failures.push(one.reason);
    return [];
  });
  if (failures.length > 0) throw failures.find((failure) => !isConsequence(failure)) ?? failures[0];
  return rows;
}
