import { connect, type Connection, type ConnectionOptions } from "./connection.ts";
import { Deadlines, type Watched } from "./deadlines.ts";
import { DatabaseUnavailable } from "./errors.ts";

const LONGEST_WAIT_MS = 5_000;
const LONGEST_IDLE_MS = 30_000;

interface Idle {
  connection: Connection;
  watched: Watched;
}

interface Waiting {
  take(connection: Connection | Promise<Connection>): void;
  watched: Watched;
}

/**
 * Lends connections, each to one work at a time, of which there are at most `size`. One that is not
 * used for 30 s is closed. (pg.Pool sets two timers for each use, which cost more than a short query.)
 */
export class Pool {
  readonly size: number;
  readonly #options: ConnectionOptions;
  /** Connections that are idle, lent or being opened. */
  #count = 0;
  /** The one used last is taken first, so that those too many fall idle. */
  readonly #idle: Idle[] = [];
  readonly #waiting = new Set<Waiting>();
  readonly #idleness = new Deadlines(LONGEST_IDLE_MS);
  readonly #waits = new Deadlines(LONGEST_WAIT_MS);
  #closed = false;

  constructor({ size, ...options }: ConnectionOptions & { size: number }) {
    this.size = size;
    this.#options = options;
  }

  /** Whether fewer than half of the connections are lent. */
  get mostlyFree(): boolean {
    return this.#count - this.#idle.length < this.size / 2;
  }

  /** Takes a connection, to be given back. Rejects when none can be had within 5 s. */
  take(): Promise<Connection> {
    const last = this.#idle.pop();
    if (last !== undefined) {
      this.#idleness.end(last.watched);
      return Promise.resolve(last.connection);
    }
    return this.#count < this.size ? this.#open() : this.#wait();
  }

  /** Gives a connection back; one that is not usable is closed. */
  give(connection: Connection, usable: boolean): void {
    if (!usable || this.#closed) return this.#discard(connection);
    const next = this.#nextWaiting();
    if (next !== undefined) return next.take(connection);
    const watched = this.#idleness.watch(() => this.#discardIdle(connection));
    this.#idle.push({ connection, watched });
  }

  /** Closes the idle connections now, the others when they are given back. */
  async close(): Promise<void> {
    this.#closed = true;
    const idle = this.#idle.splice(0);
    await Promise.all(idle.map(({ connection, watched }) => {
      this.#idleness.end(watched);
      return connection.end();
    }));
  }

  async #open(): Promise<Connection> {
    this.#count++;
    try {
      const connection = await connect(this.#options);
      // Closed by the server, or broken, while nobody uses it.
      connection.on("error", () => this.#discardIdle(connection));
      connection.on("end", () => this.#discardIdle(connection));
      return connection;
    } catch (error) {
      this.#makeRoom();
      throw error;
    }
  }

  #wait(): Promise<Connection> {
    return new Promise((take, reject) => {
      const watched = this.#waits.watch(() => {
        this.#waiting.delete(waiting);
        reject(new DatabaseUnavailable("no connection came free in time"));
      });
      const waiting = { take, watched };
      this.#waiting.add(waiting);
    });
  }

  #nextWaiting(): Waiting | undefined {
    const [next] = this.#waiting;
    if (next === undefined) return undefined;
    this.#waiting.delete(next);
    this.#waits.end(next.watched);
    return next;
  }

  #discardIdle(connection: Connection): void {
    const at = this.#idle.findIndex((idle) => idle.connection === connection);
    const [idle] = at < 0 ? [] : this.#idle.splice(at, 1);
    if (idle === undefined) return;
    this.#idleness.end(idle.watched);
    this.#discard(connection);
  }

  #discard(connection: Connection): void {
    connection.end().catch(() => {});
    this.#makeRoom();
  }

  #makeRoom(): void {
    this.#count--;
    this.#nextWaiting()?.take(this.#open());
  }
}
