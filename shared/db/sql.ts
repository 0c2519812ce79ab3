import { empty, join, raw, Sql } from "sql-template-tag";
import type { Statement } from "./wire/pipeline.ts";

/** A piece of SQL with the values that will be bound in it. */
export type { Sql };

/** A piece of SQL from a template: what is put in is bound as a value, unless it is such a piece. */
export function sql(texts: readonly string[], ...values: readonly unknown[]): Sql {
  return new Sql(texts, values);
}

/** A column or table by its name, quoted; `crm.contacts` is one in a schema. */
sql.ref = (name: string): Sql => raw(name.split(".").map(quoted).join("."));

sql.table = sql.ref;

/** Text as it is: never of a request. */
sql.raw = raw;

/** A text constant of the code: never of a request. */
sql.literal = (text: string): Sql => raw(`'${text.replaceAll("'", "''")}'`);

/** Pieces, or values to bind, one after another. */
sql.join = (items: readonly unknown[], separator: Sql = COMMA): Sql =>
  items.length === 0 ? empty : join(items, separator.text);

const COMMA = raw(", ");

/** The statement of a piece of SQL: identifiers quoted, values bound. */
export function statement({ text, values }: Sql): Statement {
  return { text, values };
}

function quoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}
