import { type Sql, sql } from "../../db/sql.ts";

/** What is told of the values of a field, and so by which operators they are compared. */
export type FieldType = "text" | "number" | "time" | "date" | "named";

/** The records, `k`, that the values of a field name: a row for each value. */
export interface Named {
  from: Sql;
  /** SQL of the value, of the number and of the name of one. */
  key: Sql;
  number: Sql;
  name: Sql;
}

/** A field of a source: what its records, `its`, can be told apart and grouped by. */
export interface QueryField {
  type: FieldType;
  /** SQL of its value. */
  value: Sql;
  /** What the values of one that is `named` stand for. */
  named?: Named;
  /** SQL of the name, where the record has it itself. */
  ownName?: Sql;
}

const its = (column: string) => sql`its.${sql.ref(column)}`;

export function text(column: string): QueryField {
  return { type: "text", value: its(column) };
}

export function number(column: string): QueryField {
  return { type: "number", value: its(column) };
}

export function time(column: string): QueryField {
  return { type: "time", value: its(column) };
}

export function date(column: string): QueryField {
  return { type: "date", value: its(column) };
}

/** A word that leads have, of one of the lists of lookups. */
export function listed(column: string, type: string, key: "value" | "number" = "value") {
  return named(column, {
    from: sql`(select * from crm.lookups l
      where l.module_name = 'lead' and l.type = ${sql.literal(type)}) k`,
    key: sql`k.${sql.ref(key)}`,
  });
}

/** A record of a table that a column links to. */
export function linked(column: string, table: "companies" | "pipelines" | "stages" | "users") {
  return named(column, { from: sql`${sql.table(`crm.${table}`)} k`, key: sql`k.id` });
}

/** A number with a name of its own, from 1 on. */
export function numbered(column: string, names: readonly string[]) {
  const rows = names.map((name, at) =>
    sql`(${sql.raw(String(at + 1))}, ${sql.literal(name)} collate "und-x-icu")`
  );
  return named(column, {
    from: sql`(values ${sql.join(rows)}) k (number, name)`,
    key: sql`k.number`,
  });
}

function named(column: string, { from, key }: Pick<Named, "from" | "key">): QueryField {
  const others: Named = { from, key, number: sql`k.number`, name: sql`k.name` };
  return { type: "named", value: its(column), named: others };
}
