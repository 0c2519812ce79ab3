import { type Admission, settleAdmitted } from "./admission.ts";
import type { Rows, Settled, Statement } from "./wire/pipeline.ts";
import type { Connection } from "./wire/connection.ts";

const SAVEPOINT: Statement = { text: "savepoint attempt", values: [], prepared: true };
const RELEASE: Statement = { text: "release savepoint attempt", values: [], prepared: true };
const UNDO: Statement = { text: "rollback to savepoint attempt", values: [], prepared: true };

/** What became of the attempted groups: the rows of those that worked, then why the next did not. */
export interface Attempt {
  done: Rows[][];
  error?: unknown;
}

/** A transaction under way. What is queued goes along with the next statements sent. */
export class Transaction {
  readonly #client: Connection;
  #queue: Statement[];
  #admission: Admission | null;

  /** Begins with the `opening`, behind an admission, once the first statements are sent. */
  constructor(
    client: Connection,
    opening: readonly Statement[],
    admission: Admission | null = null,
  ) {
    this.#client = client;
    this.#queue = [...opening];
    this.#admission = admission;
  }

  /** Adds a statement in front of the next ones; its rows are dropped. */
  queue(statement: Statement): void {
    this.#queue.push(statement);
  }

  /** Runs statements in one round trip. */
  async run(statements: readonly Statement[]): Promise<Rows[]> {
    const { rows, error } = await this.#send(statements);
    if (error !== undefined) throw error;
    return rows;
  }

  /**
   * Runs groups of statements in order, each all or nothing, in one round trip, up to the first that
   * fails: it is undone, and those after it have not been tried.
   */
  async attempt(groups: readonly (readonly Statement[])[]): Promise<Attempt> {
    const guarded = groups.map((group) => [SAVEPOINT, ...group, RELEASE]);
    const { rows, error } = await this.#send(guarded.flat());
    const done: Rows[][] = [];
    let start = 0;
    for (const { length } of guarded) {
      if (rows.length < start + length) {
        await this.run([UNDO]);
        return { done, error };
      }
      done.push(rows.slice(start + 1, start + length - 1));
      start += length;
    }
    return { done };
  }

  // Throws when what was queued failed, as the transaction is then no good.
  async #send(statements: readonly Statement[]): Promise<Settled> {
    const queued = this.#queue;
    const admission = this.#admission;
    this.#queue = [];
    this.#admission = null;
    const before = queued.length;
    const sent = [...queued, ...statements];
    const { rows, error } = await settleAdmitted(this.#client, admission, sent);
    if (rows.length < before) throw error;
    return { rows: rows.slice(before), ...(error === undefined ? {} : { error }) };
  }
}
