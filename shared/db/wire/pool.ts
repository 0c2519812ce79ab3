// @ts-types="@types/pg"
import pg from "pg";
import {
  answered,
  Client,
  clientConfig,
  type Connection,
  type ConnectionOptions,
} from "./connection.ts";
import { Deadlines } from "../sharing/deadlines.ts";
import { DatabaseUnavailable } from "../errors.ts";
import { greet } from "./prepared-statements.ts";

const LONGEST_WAIT_MS = 5_000;
// A new connection prepares its statements and compiles the SQL functions that it calls anew.
const LONGEST_LIFE_SECONDS = 300;

/**
 * Lends connections, each to one work at a time, of which there are at most `size`. One is closed when
 * it is five minutes old and nobody uses it.
 */
export class Pool {
  readonly size: number;
  readonly #pool: pg.Pool;
  readonly #waits = new Deadlines(LONGEST_WAIT_MS);

  constructor({ size, ...options }: ConnectionOptions & { size: number }) {
    this.size = size;
    // The pool's own bounds on waiting and idleness set two timers for each use, which cost more than
    // a short query.
    this.#pool = new pg.Pool({
      ...clientConfig(options),
      max: size,
      idleTimeoutMillis: 0,
      maxLifetimeSeconds: LONGEST_LIFE_SECONDS,
      Client: Client,
      onConnect: (client) => answered(client as Connection, greet(client)),
    });
    // Closed by the server, or broken, while nobody uses it: the pool has dropped it already.
    this.#pool.on("error", () => {});
  }

  /** Whether fewer than half of the connections are lent. */
  get mostlyFree(): boolean {
    return this.#pool.totalCount - this.#pool.idleCount < this.size / 2;
  }

  /** Whether a connection can be taken at once that nobody waits for, without opening one more. */
  get isIdle(): boolean {
    const { idleCount, totalCount, waitingCount } = this.#pool;
    return waitingCount === 0 && (idleCount > 0 || totalCount === 0);
  }

  /** Takes a connection, to be given back by its `release`. Rejects when none comes free in 5 s. */
  take(): Promise<Connection> {
    const lent = this.#pool.connect();
    const { idleCount, waitingCount } = this.#pool;
    return idleCount > 0 && idleCount >= waitingCount ? lent : this.#inTime(lent);
  }

  /** Closes the idle connections now, the others when they are given back. */
  close(): Promise<void> {
    return this.#pool.end();
  }

  #inTime(lent: Promise<Connection>): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const watched = this.#waits.watch(() => {
        reject(new DatabaseUnavailable("no connection came free in time"));
        lent.then((connection) => connection.release(), () => {});
      });
      lent.finally(() => this.#waits.end(watched)).then(resolve, reject);
    });
  }
}
