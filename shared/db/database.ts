import { type Admissions, OPEN } from "./admission.ts";
import { type Claims, enter } from "./claims.ts";
import type { Connection } from "./wire/connection.ts";
import {
  classify,
  DatabaseUnavailable,
  endsConnection,
  isRetryable,
  isStaleStatement,
} from "./errors.ts";
import { KeyedConcurrencyLimit } from "./sharing/keyed-concurrency-limit.ts";
import { type Rows, send, type Statement } from "./wire/pipeline.ts";
import type { Pool } from "./wire/pool.ts";
import { type Read, read } from "./reads.ts";
import { Coalescer } from "./sharing/coalescer.ts";
import { answerEach } from "./sharing/together.ts";
import { Transaction } from "./transaction.ts";
import { BEGIN, ROLLBACK, type Write, write } from "./writes.ts";

export type { Claims } from "./claims.ts";

const COMMIT: Statement = { text: "commit", values: [], prepared: true };
const RETRIES = 2;
// Fewer than reads, as a write may wait for a lock, and those behind it with it.
const MOST_WRITES_TOGETHER = 2;

/**
 * The one way to PostgreSQL. Every method gives DatabaseUnavailable when it is away, or the
 * PostgreSQL error of the first statement that failed, after rolling back.
 */
export class Database {
  readonly #pool: Pool;
  readonly #shares: KeyedConcurrencyLimit;
  readonly #reads: Coalescer<Read, Rows[]>;
  readonly #writes: Coalescer<Write, Rows[]>;

  constructor(pool: Pool) {
    this.#pool = pool;
    this.#shares = new KeyedConcurrencyLimit(Math.max(1, Math.ceil(pool.size / 2)));
    this.#reads = new Coalescer(
      this.#shares,
      (reads) => this.#use((client) => answerEach(client, reads, read)),
    );
    this.#writes = new Coalescer(
      this.#shares,
      (writes) => this.#use((client) => answerEach(client, writes, write)),
      MOST_WRITES_TOGETHER,
    );
  }

  /** Whether fewer than half of the connections are in use. */
  get mostlyFree(): boolean {
    return this.#pool.mostlyFree;
  }

  /** Whether a statement can be sent at once that keeps nobody waiting. */
  get isIdle(): boolean {
    return this.#pool.isIdle;
  }

  /** Runs one statement outside any workspace: only functions that need no claims work there. */
  async query(statement: Statement): Promise<Rows> {
    const [[rows] = []] = await this.#use((client) => send(client, [[statement]]));
    return rows ?? [];
  }

  /** Reads as a workspace in one round trip. */
  read(
    claims: Claims,
    statements: readonly Statement[],
    admissions: Admissions = OPEN,
  ): Promise<Rows[]> {
    const { workspace_id } = claims;
    return this.#retry(
      () => this.#reads.run(workspace_id, { claims, statements, admission: admissions() }),
      isStaleStatement,
    );
  }

  /**
   * Writes as a workspace in one round trip, all or nothing; `rehearse` undoes it in the end. No
   * statement may set a savepoint.
   */
  write(
    claims: Claims,
    statements: readonly Statement[],
    rehearse = false,
    admissions: Admissions = OPEN,
  ): Promise<Rows[]> {
    const { workspace_id } = claims;
    return this.#retry(() =>
      this.#writes.run(workspace_id, { claims, statements, rehearse, admission: admissions() })
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
    admissions: Admissions = OPEN,
  ): Promise<T> {
    return this.#retry(() =>
      this.#as(claims, async (client) => {
        const opening = [BEGIN, enter(client, claims)];
        const transaction = new Transaction(client, opening, admissions());
        try {
          const { result, last } = await work(transaction);
          await transaction.run([...(last ? [last] : []), rehearse ? ROLLBACK : COMMIT]);
          return result;
        } catch (error) {
          // Fails only on a lost connection, whose server rolls back by itself.
          await send(client, [[ROLLBACK]]).catch(() => {});
          throw error;
        }
      })
    );
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  async #retry<T>(attempt: () => Promise<T>, worthIt = isWorthARetry): Promise<T> {
    for (let tries = 0;; tries++) {
      try {
        return await attempt();
      } catch (error) {
        if (!worthIt(error)) throw error;
        if (tries === RETRIES) {
          throw new DatabaseUnavailable("other writes kept interfering", { cause: error });
        }
        await new Promise((resolve) => setTimeout(resolve, 10 * (tries + 1) * (1 + Math.random())));
      }
    }
  }

  // A workspace uses at most half of the connections, so that the others are not kept waiting.
  #as<T>({ workspace_id }: Claims, work: (client: Connection) => Promise<T>): Promise<T> {
    return this.#shares.run(workspace_id, () => this.#use(work));
  }

  async #use<T>(work: (client: Connection) => Promise<T>): Promise<T> {
    let client: Connection;
    try {
      client = await this.#pool.take();
    } catch (error) {
      throw classify(error);
    }
    let lost = false;
    try {
      return await work(client);
    } catch (error) {
      lost = endsConnection(error);
      throw classify(error);
    } finally {
      client.release(lost || client.getTransactionStatus() !== "I");
    }
  }
}

function isWorthARetry(error: unknown): boolean {
  return isRetryable(error) || isStaleStatement(error);
}
