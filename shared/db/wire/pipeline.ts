import { Batch, type Rows, type Settled, type Statement } from "./batch.ts";
import { preparedStatements } from "./prepared-statements.ts";
import { answered, type Connection } from "./connection.ts";

export type { Rows, Settled, Statement } from "./batch.ts";

/**
 * Sends batches of statements before the first answer is read: one round trip. Each batch that begins
 * no transaction is one. Throws TypeError, having sent nothing, for a statement without a text.
 */
export function settle(
  client: Connection,
  batches: readonly (readonly Statement[])[],
): Promise<Settled[]> {
  const prepared = preparedStatements(client);
  const queries = batches.map((statements) => {
    if (statements.some(({ text }) => typeof text !== "string")) {
      throw new TypeError("a statement has no text");
    }
    return new Batch(client, statements, prepared);
  });
  const { stream } = client.connection;
  stream.cork();
  for (const query of queries) client.query(query);
  stream.uncork();
  return answered(client, Promise.all(queries.map(({ settled }) => settled)));
}

/** Sends batches and answers the rows of each; throws the first error. */
export async function send(
  client: Connection,
  batches: readonly (readonly Statement[])[],
): Promise<Rows[][]> {
  const settled = await settle(client, batches);
  return settled.map((one) => {
    if ("error" in one) throw one.error;
    return one.rows;
  });
}
