import { sql } from "kysely";
import type { Rows, Statement } from "../db/database.ts";
import {
  FOREIGN_KEY_VIOLATION,
  isDataError,
  isPostgresError,
  UNIQUE_VIOLATION,
} from "../db/errors.ts";
import { statement } from "../db/sql.ts";
import { Conflict, InvalidInput, RecordNotFound } from "./errors.ts";
import type { Resource } from "./resource.ts";

export type Fields = Record<string, unknown>;

/** The columns of an answer, as SQL. */
export function columnsOf(resource: Resource) {
  return sql.join(resource.columns.map((column) => sql.ref(column)));
}

/** Selects a record by id. */
export function selectRecord(resource: Resource, id: string): Statement {
  return statement(
    sql`select ${columnsOf(resource)} from ${sql.table(resource.table)} where id = ${id}`,
  );
}

/** Sets the given fields of a record; null clears, absent fields stay. */
export function updateRecord(resource: Resource, id: string, fields: Fields): Statement {
  const assignments = Object.entries(fields).map(([column, value]) =>
    sql`${sql.ref(column)} = ${value}`
  );
  return statement(
    sql`update ${sql.table(resource.table)} set ${sql.join(assignments)} where id = ${id}
      returning ${columnsOf(resource)}`,
  );
}

/** Deletes a record; links to it are cleared. */
export function deleteRecord(resource: Resource, id: string): Statement {
  return statement(sql`delete from ${sql.table(resource.table)} where id = ${id} returning id`);
}

/** The one record of a statement's rows. Throws RecordNotFound when there is none. */
export function theRecord(resource: Resource, id: string, rows: Rows | undefined): Fields {
  const record = rows?.[0];
  if (record === undefined) throw new RecordNotFound(resource.record, id);
  return record;
}

/** Turns what the database refused into the rule that was broken; other errors stay as they are. */
export function brokenRule(resource: Resource, error: unknown): unknown {
  if (isDataError(error)) {
    return new InvalidInput([{ field: "body", message: "A value cannot be stored." }]);
  }
  const rule = isPostgresError(error) && resource.constraints[error.constraint ?? ""];
  if (!rule) return error;
  if (error.code === UNIQUE_VIOLATION) return new Conflict([rule]);
  if (error.code === FOREIGN_KEY_VIOLATION) return new InvalidInput([rule]);
  return error;
}
