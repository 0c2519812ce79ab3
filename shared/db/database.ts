import { classify, DatabaseUnavailable, isRetryable } from "./errors.ts";
import { FairShare } from "./fair-share.ts";
import { type Rows, send, type Statement } from "./pipeline.ts";
import type { Pool, PoolClient } from "./pool.ts";
import { Transaction } from "./transaction.ts";

/** Who a transaction acts for; set as `request.jwt.claims`, which the row policies read. */
export interface Claims {
  workspace_id: string;
  /** The API key's id. */
  sub: string;
  scopes: readonly string[];
  request_id: string;
}

const ENTER =
  `select set_config('request.jwt.claims', $1, true), set_config('TimeZone', 'UTC', true),
  set_config('statement_timeout', '10s', true), set_config('lock_timeout', '5s', true),
  set_config('idle_in_transaction_session_timeout', '15s', true)`;
const COMMIT: Statement = { text: "commit", values: [] };
const ROLLBACK: Statement = { text: "rollback", values: [] };
const RETRIES = 2;

/**
 * The one way to PostgreSQL. Every method gives DatabaseUnavailable when it is away, or the
 * PostgreSQL error of the first statement that failed, after rolling back.
 */
export class Database {
  readonly #pool: Pool;
  readonly #shares: FairShare;

  constructor(pool: Pool) {
    this.#pool = pool;
    this.#shares = new FairShare(Math.max(1, Math.ceil(pool.options.max / 2)));
  }

  /** Runs one statement outside any workspace: only functions that need no claims work there. */
  async query(statement: Statement): Promise<Rows> {
    const [rows] = await this.#use((client) => send(client, [statement]));
    return rows ?? [];
  }

  /**
   * Reads as a workspace in one round trip. `before` runs in front, in a transaction of its own;
   * its rows come first in the answer.
   */
  read(
    claims: Claims,
    statements: readonly Statement[],
    before: readonly Statement[] = [],
  ): Promise<Rows[]> {
    return this.#as(claims, async (client) => {
      const all = [...before, ...enter(claims, "begin read only"), ...statements, COMMIT];
      const rows = await send(client, all);
      return [...rows.slice(0, before.length), ...rows.slice(before.length + 2, -1)];
    });
  }

  /** Writes as a workspace in one round trip, all or nothing; `rehearse` undoes it in the end. */
  write(claims: Claims, statements: readonly Statement[], rehearse = false): Promise<Rows[]> {
    const all = [...enter(claims, "begin"), ...statements, rehearse ? ROLLBACK : COMMIT];
    return this.#retry(() =>
      this.#as(claims, async (client) => (await send(client, all)).slice(2, -1))
    );
  }

  /**
   * Writes as a workspace in as many round trips as `work` makes, and one to end with. What `work`
   * throws rolls everything back, as does `rehearse` in the end.
   */
  transact<T>(
    claims: Claims,
    work: (transaction: Transaction) => Promise<{ result: T; last?: Statement }>,
    rehearse = false,
  ): Promise<T> {
    return this.#retry(() =>
      this.#as(claims, async (client) => {
        const transaction = new Transaction(client, enter(claims, "begin"));
        try {
          const { result, last } = await work(transaction);
          await transaction.run([...(last ? [last] : []), rehearse ? ROLLBACK : COMMIT]);
          return result;
        } catch (error) {
          // Fails only on a lost connection, whose server rolls back by itself.
          await client.query("rollback").catch(() => {});
          throw error;
        }
      })
    );
  }

  close(): Promise<void> {
    return this.#pool.end();
  }

  async #retry<T>(attempt: () => Promise<T>): Promise<T> {
    for (let tries = 0;; tries++) {
      try {
        return await attempt();
      } catch (error) {
        if (!isRetryable(error)) throw error;
        if (tries === RETRIES) {
          throw new DatabaseUnavailable("other writes kept interfering", { cause: error });
        }
        await new Promise((resolve) => setTimeout(resolve, 10 * (tries + 1) * (1 + Math.random())));
      }
    }
  }

  // A workspace uses at most half of the connections, so that the others are not kept waiting.
  #as<T>({ workspace_id }: Claims, work: (client: PoolClient) => Promise<T>): Promise<T> {
    return this.#shares.run(workspace_id, () => this.#use(work));
  }

  async #use<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    let client: PoolClient;
    try {
      client = await this.#pool.connect();
    } catch (error) {
      throw classify(error);
    }
    // A failed socket is reported through the queries too; without a listener it ends the process.
    const ignore = () => {};
    client.on("error", ignore);
    let lost = false;
    try {
      return await work(client);
    } catch (error) {
      const known = classify(error);
      lost = known instanceof DatabaseUnavailable;
      throw known;
    } finally {
      client.off("error", ignore);
      client.release(lost || client.getTransactionStatus() !== "I");
    }
  }
}

function enter(claims: Claims, begin: string): Statement[] {
  return [{ text: begin, values: [] }, { text: ENTER, values: [JSON.stringify(claims)] }];
}
