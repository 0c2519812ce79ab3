import { type Rows, send, settle, type Statement } from "./wire/pipeline.ts";
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

  constructor(client: Connection, opening: readonly Statement[]) {
    this.#client = client;
    this.#queue = [...opening];
  }

  /** Adds a statement in front of the next ones; its rows are dropped. */
  queue(statement: Statement): void {
    this.#queue.push(statement);
  }

  /** Runs statements in one round trip. */
  async run(statements: readonly Statement[]): Promise<Rows[]> {
    const queued = this.#takeQueue();
    const [rows = []] = await send(this.#client, [[...queued, ...statements]]);
    return rows.slice(queued.length);
  }

  /**
   * Runs groups of statements in order, each all or nothing, in one round trip, up to the first that
   * fails: it is undone, and those after it have not been tried.
   */
  async attempt(groups: readonly (readonly Statement[])[]): Promise<Attempt> {
    const queued = this.#takeQueue();
    const guarded = groups.map((group) => [SAVEPOINT, ...group, RELEASE]);
    const [settled] = await settle(this.#client, [[...queued, ...guarded.flat()]]);
    const { rows, error } = settled ?? { rows: [] };
    if (rows.length < queued.length) throw error;
    const done: Rows[][] = [];
    let start = queued.length;
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

  #takeQueue(): Statement[] {
    const queued = this.#queue;
    this.#queue = [];
    return queued;
  }
}
