import { createHash } from "node:crypto";
// @ts-types="@types/pg"
import type pg from "pg";

/** A column of a statement's rows, and what makes a value of its text. */
export interface Column {
  name: string;
  parse(text: string): unknown;
}

/** A statement that a session has prepared. */
export interface Prepared {
  name: string;
  columns: readonly Column[];
}

/** Each takes memory of PostgreSQL's in every session: a list's 100 to 300 KB. */
const MOST_PREPARED = 64;

/** The statements that a connection's session has prepared, by text: those asked for last. */
export class PreparedStatements {
  readonly #prepared = new Map<string, Prepared>();
  #left: string[] = [];

  get(text: string): Prepared | undefined {
    const prepared = this.#prepared.get(text);
    if (prepared === undefined) return undefined;
    this.#prepared.delete(text);
    this.#prepared.set(text, prepared);
    return prepared;
  }

  /** Keeps one more, and leaves the one not asked for the longest when they are too many. */
  add(text: string, prepared: Prepared): void {
    this.#left = this.#left.filter((name) => name !== prepared.name);
    this.#prepared.set(text, prepared);
    if (this.#prepared.size <= MOST_PREPARED) return;
    const [[oldest, { name }] = ["", prepared]] = this.#prepared;
    this.#prepared.delete(oldest);
    this.#left.push(name);
  }

  /** The names that have been left since this was last asked, for the session to forget. */
  takeLeft(): string[] {
    const left = this.#left;
    this.#left = [];
    return left;
  }
}

const sessions = new WeakMap<pg.ClientBase, PreparedStatements>();

// A pooler in transaction mode greets with a process of its own making, and gives each transaction
// whichever session is free: there, nothing may be prepared in one and settings end with their transaction.
const GREETING = `select set_config(name, value, false) from (values ('TimeZone', 'UTC'),
    ('statement_timeout', '10s'), ('lock_timeout', '5s'),
    ('idle_in_transaction_session_timeout', '15s'), ('jit', 'off')) setting (name, value)
  where pg_backend_pid() = $1`;

/** The same settings, for a transaction. */
export const SETTINGS = `set_config('TimeZone', 'UTC', true),
  set_config('statement_timeout', '10s', true), set_config('lock_timeout', '5s', true),
  set_config('idle_in_transaction_session_timeout', '15s', true), set_config('jit', 'off', true)`;

/**
 * Prepares a new connection, in one round trip: when PostgreSQL's session is the connection's own,
 * it gets its settings once and for all, and may keep statements.
 */
export async function greet(client: pg.ClientBase): Promise<void> {
  const { processID } = client as pg.ClientBase & { processID: number | null };
  const { rowCount } = await client.query(GREETING, [processID]);
  if (rowCount) sessions.set(client, new PreparedStatements());
}

/** The statements that the connection's session has prepared; null when it is not the connection's own. */
export function preparedStatements(client: pg.ClientBase): PreparedStatements | null {
  return sessions.get(client) ?? null;
}

/** The name of a prepared statement, the same in every session and process. */
export function nameOf(text: string): string {
  return `prepared_${createHash("sha256").update(text).digest("hex").slice(0, 32)}`;
}
