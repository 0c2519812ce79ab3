// @ts-types="@types/pg"
import pg from "pg";
import { type Column, nameOf, type PreparedStatements } from "./prepared-statements.ts";
import type { Connection } from "./connection.ts";

/** One SQL statement with its bound values. */
export interface Statement {
  text: string;
  values: readonly unknown[];
  /**
   * Asked for often with this very text: PostgreSQL keeps it parsed and, where that is no worse,
   * planned. For texts of which there are few.
   */
  prepared?: true;
  /** Of a list: planned to be read by indexes, whatever the planner expects of the workspace. */
  byIndex?: true;
}

export type Rows = Record<string, unknown>[];

/** What became of statements: the rows of those that worked and, if not all did, why the next did not. */
export interface Settled {
  rows: Rows[];
  error?: unknown;
}

interface Field {
  name: string;
  dataTypeID: number;
}

const { prepareValue } =
  (pg as typeof pg & { utils: { prepareValue(value: unknown): string | null } }).utils;

/**
 * Statements sent with one Sync behind them: PostgreSQL runs them as one transaction, unless they
 * begin one themselves, and skips those behind the first that fails. A query to the driver, which
 * would send each statement by itself otherwise. The driver calls the methods.
 */
export class Batch extends pg.Query {
  /** Settles when PostgreSQL has answered all; never rejects. */
  readonly settled: Promise<Settled>;
  callback: (error: unknown) => void = () => {};
  readonly #client: Connection;
  readonly #statements: readonly Statement[];
  readonly #values: (string | null)[][];
  readonly #prepared: PreparedStatements | null;
  readonly #columns: (readonly Column[])[] = [];
  readonly #rows: Rows[] = [];
  #current: Rows = [];
  #unreadable: unknown = null;

  constructor(
    client: Connection,
    statements: readonly Statement[],
    prepared: PreparedStatements | null,
  ) {
    super({ text: "" });
    this.#client = client;
    this.#statements = statements;
    this.#values = statements.map(({ values }) => values.map(prepareValue));
    this.#prepared = prepared;
    this.settled = new Promise((resolve) => {
      this.callback = (error) =>
        resolve(error === null ? { rows: this.#rows } : { rows: this.#rows, error });
    });
  }

  override submit = (connection: pg.Connection): void => {
    connection.stream.cork();
    try {
      for (const name of this.#prepared?.takeLeft() ?? []) {
        connection.close({ type: "S", name }, true);
      }
      for (const [at, statement] of this.#statements.entries()) {
        this.#send(connection, statement, at);
      }
    } finally {
      connection.sync();
      connection.stream.uncork();
    }
  };

  handleRowDescription({ fields }: { fields: readonly Field[] }): void {
    this.#columns[this.#rows.length] = fields.map(({ name, dataTypeID }) => ({
      name,
      parse: this.#client.getTypeParser(dataTypeID, "text"),
    }));
  }

  handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
    try {
      this.#current.push(rowOf(this.#columns[this.#rows.length] ?? [], fields));
    } catch (error) {
      this.#unreadable ??= error;
    }
  }

  handleCommandComplete(): void {
    this.#rows.push(this.#current);
    this.#current = [];
  }

  handleEmptyQuery(): void {
    this.handleCommandComplete();
  }

  handleError(error: unknown): void {
    this.callback(error);
  }

  handleReadyForQuery(): void {
    this.#keep();
    this.callback(this.#unreadable);
  }

  #send(connection: pg.Connection, { text, prepared }: Statement, at: number): void {
    const known = this.#prepared?.get(text);
    const name = known?.name ?? (prepared && this.#prepared ? nameOf(text) : "");
    if (known !== undefined) this.#columns[at] = known.columns;
    else {
      // One that failed may have been parsed nevertheless.
      if (name !== "") connection.close({ type: "S", name }, true);
      connection.parse({ name, text, types: [] }, true);
    }
    connection.bind({ statement: name, values: this.#values[at] }, true);
    if (known === undefined) connection.describe({ type: "P", name: "" }, true);
    connection.execute(null, true);
  }

  // Only now is it certain that each was parsed.
  #keep(): void {
    this.#statements.forEach(({ text, prepared }, at) => {
      if (!prepared || this.#prepared === null || this.#prepared.get(text)) return;
      this.#prepared.add(text, { name: nameOf(text), columns: this.#columns[at] ?? [] });
    });
  }
}

function rowOf(columns: readonly Column[], fields: readonly (string | null)[]) {
  const row: Record<string, unknown> = {};
  for (let at = 0; at < columns.length; at++) {
    const column = columns[at];
    const text = fields[at] ?? null;
    if (column !== undefined) row[column.name] = text === null ? null : column.parse(text);
  }
  return row;
}
