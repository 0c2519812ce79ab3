import { sql, statement } from "../db/sql.ts";
import type { Rows, Statement } from "../db/wire/pipeline.ts";
import {
  DAILY_LIMIT_REACHED,
  isPostgresError,
  LEAD_EXISTS,
  RECORD_EXISTS,
  UNIQUE_VIOLATION,
  UNKNOWN_LINKS,
  WRONG_FIELDS,
} from "../db/errors.ts";
import {
  Blocked,
  Conflict,
  type DailyLimit,
  DailyLimitReached,
  type FieldError,
  InvalidInput,
  LeadExists,
  RecordExists,
  RecordNotFound,
} from "../refusals/errors.ts";
import type { Fields, Plan } from "./plan.ts";
import type { ConstraintError, Resource } from "./resource.ts";

/** The columns that the native API answers, as SQL. */
export function columnsOf(resource: Resource) {
  return sql.join(Object.keys(resource.columns).map((column) => sql.ref(column)));
}

const selections = new WeakMap<Resource, string>();

/** Selects a record by id. */
export function selectRecord(resource: Resource, id: string): Statement {
  const text = selections.get(resource) ?? statement(
    sql`select ${columnsOf(resource)} from ${sql.table(resource.table)} where id = ${id}`,
  ).text;
  selections.set(resource, text);
  return { text, values: [id], prepared: true };
}

/** Selects both ids of a record by either: its UUID, or the number that it has in LIO. */
export function selectBothIds(resource: Resource, id: string | number): Statement {
  const column = sql.ref(typeof id === "number" ? "number" : "id");
  return statement(
    sql`select id, number from ${sql.table(resource.table)} where ${column} = ${id}`,
  );
}

/** Selects a record by id, and keeps others from changing it until the transaction ends. */
export function lockRecord(resource: Resource, id: string): Statement {
  return statement(
    sql`select ${columnsOf(resource)} from ${sql.table(resource.table)} where id = ${id}
      for no key update`,
  );
}

/** Inserts a record; what is not given takes its default. */
export function insertRecord(resource: Resource, fields: Fields): Statement {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return statement(
    sql`insert into ${sql.table(resource.table)} (${
      sql.join(given.map(([column]) => sql.ref(column)))
    })
      values (${sql.join(given.map(([, value]) => sql`${value}`))}) returning ${
      columnsOf(resource)
    }`,
  );
}

/** Sets the given fields of a record; null clears, absent fields stay. */
export function updateRecord(resource: Resource, id: string, fields: Fields): Statement {
  const assignments = Object.entries(fields).filter(([, value]) => value !== undefined)
    .map(([column, value]) => sql`${sql.ref(column)} = ${value}`);
  return statement(
    sql`update ${sql.table(resource.table)} set ${sql.join(assignments)} where id = ${id}
      returning ${columnsOf(resource)}`,
  );
}

/** Makes a record of the last statement's row. */
export function creation(statements: readonly Statement[]): Plan {
  return {
    statements,
    result: (rows) => {
      const data = rows.at(-1)?.[0];
      if (data === undefined) throw new Error("an insert answered no row");
      return { outcome: "created", id: String(data.id), data };
    },
  };
}

/** Changes the record of the last statement. Gives RecordNotFound when there is none. */
export function change(resource: Resource, id: string, statements: readonly Statement[]): Plan {
  return {
    statements,
    before: selectRecord(resource, id),
    result: (rows) => ({ outcome: "updated", id, data: requireRecord(resource, id, rows.at(-1)) }),
  };
}

/** Deletes a record; links to it are cleared. Gives RecordNotFound when there is none. */
export function deletion(resource: Resource, id: string): Plan {
  const table = sql.table(resource.table);
  return {
    statements: [statement(sql`delete from ${table} where id = ${id} returning id`)],
    before: selectRecord(resource, id),
    result([rows]) {
      requireRecord(resource, id, rows);
      return { outcome: "deleted", id, data: { deleted: true, id } };
    },
  };
}

/** Makes a record of the given fields. */
export function createRecord(resource: Resource, fields: Fields): Plan {
  return creation([insertRecord(resource, fields)]);
}

/** Sets a record's given fields. */
export function changeRecord(resource: Resource, id: string, fields: Fields): Plan {
  return change(resource, id, [updateRecord(resource, id, fields)]);
}

/** The one record of a statement's rows. Throws RecordNotFound when there is none. */
export function requireRecord(resource: Resource, id: string, rows: Rows | undefined): Fields {
  const record = rows?.[0];
  if (record === undefined) throw new RecordNotFound(resource.record, id);
  return record;
}

/** Turns what the database refused into the rule that was broken; other errors stay as they are. */
export function domainError(
  { constraints }: { constraints: Readonly<Record<string, ConstraintError>> },
  error: unknown,
): unknown {
  if (!isPostgresError(error)) return error;
  if (error.code === DAILY_LIMIT_REACHED) return new DailyLimitReached(error.message as DailyLimit);
  if (error.code === UNKNOWN_LINKS) return new InvalidInput(linkMistakes(error.message));
  if (error.code === LEAD_EXISTS) {
    return new LeadExists(error.message === "" ? null : Number(error.message));
  }
  if (error.code === WRONG_FIELDS) return new InvalidInput(JSON.parse(error.message));
  if (error.code === RECORD_EXISTS) return recordExists(error.message);
  const rule = constraints[error.constraint ?? error.code];
  if (rule === undefined) return error;
  const { field, message, blocks, code } = rule;
  const reason = [{ field, message: message.replace("{detail}", error.message) }];
  if (blocks) return new Blocked(reason, code);
  return error.code === UNIQUE_VIOLATION ? new Conflict(reason) : new InvalidInput(reason);
}

function linkMistakes(unknown: string): FieldError[] {
  const links = JSON.parse(unknown) as { field: string; record: string }[];
  return links.map(({ field, record }) => ({ field, message: `No ${record} with this id.` }));
}

function recordExists(told: string): RecordExists {
  const { record, field, number } = JSON.parse(told) as {
    record: string;
    field: string;
    number: number | null;
  };
  return new RecordExists(record, field, number);
}
