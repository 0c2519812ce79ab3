import type { Connection } from "../wire/connection.ts";
import { classify, endsConnection } from "../errors.ts";
import type { Asked } from "./coalescer.ts";

/**
 * Sends what was asked in one write, but each in a transaction of its own, and settles each as soon as
 * PostgreSQL has. Rejects, when all are settled, if the connection is to be given up.
 */
export async function answerEach<Item, Result>(
  client: Connection,
  asked: readonly Asked<Item, Result>[],
  work: (client: Connection, item: Item) => Promise<Result>,
): Promise<void> {
  const answer = async ({ item, resolve, reject }: Asked<Item, Result>) => {
    try {
      resolve(await work(client, item));
    } catch (error) {
      reject(classify(error));
      return error;
    }
  };
  const { stream } = client.connection;
  stream.cork();
  const answering = asked.map(answer);
  stream.uncork();
  const ended = (await Promise.all(answering)).find(endsConnection);
  if (ended !== undefined) throw ended;
}
