import { createHash } from "node:crypto";
// @ts-types="@types/pg"
import type pg from "pg";

/** A column of a statement's rows, and what makes a value of its text. */
export interface Column {
  name: string;
  parse(text: string): unknown;
}

/** By text, the statements that a connection's session has kept. */
export type KeptStatements = Map<string, { name: string; columns: readonly Column[] }>;

/** Each takes memory of PostgreSQL's in every session. */
const MOST_NAMES = 200;

const names = new Map<string, string>();
const sessions = new WeakMap<pg.ClientBase, KeptStatements>();

// A pooler in transaction mode greets with a process of its own making, and gives each transaction
// whichever session is free: there, nothing may be kept in one and settings end with their transaction.
const GREETING = `select set_config(name, value, false) from (values ('TimeZone', 'UTC'),
    ('statement_timeout', '10s'), ('lock_timeout', '5s'),
    ('idle_in_transaction_session_timeout', '15s')) setting (name, value)
  where pg_backend_pid() = $1`;

/** The same settings, for a transaction. */
export const SETTINGS = `set_config('TimeZone', 'UTC', true),
  set_config('statement_timeout', '10s', true), set_config('lock_timeout', '5s', true),
  set_config('idle_in_transaction_session_timeout', '15s', true)`;

/**
 * Prepares a new connection, in one round trip: when PostgreSQL's session is the connection's own,
 * it gets its settings once and for all, and may keep statements.
 */
export async function greet(client: pg.ClientBase): Promise<void> {
  const { processID } = client as pg.ClientBase & { processID: number | null };
  const { rowCount } = await client.query(GREETING, [processID]);
  if (rowCount) sessions.set(client, new Map());
}

/** The statements that the connection's session has kept; null when it is not the connection's own. */
export function keptStatements(client: pg.ClientBase): KeptStatements | null {
  return sessions.get(client) ?? null;
}

/** The name of a kept statement in every session; empty when too many have one. */
export function nameOf(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (names.size === MOST_NAMES) return "";
  // The same in every process: whoever shares a session through a pooler means the same statement.
  const name = `kept_${createHash("sha256").update(text).digest("hex").slice(0, 32)}`;
  names.set(text, name);
  return name;
}
