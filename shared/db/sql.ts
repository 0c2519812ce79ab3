import type { Statement } from "./pipeline.ts";

/** A piece of SQL: the texts between its values, which are pieces themselves or will be bound. */
export class Sql {
  constructor(
    readonly texts: readonly string[],
    readonly values: readonly unknown[] = [],
  ) {}
}

/** A piece of SQL from a template: what is put in is bound as a value, unless it is such a piece. */
export function sql(texts: readonly string[], ...values: readonly unknown[]): Sql {
  return new Sql(texts, values);
}

/** A column or table by its name, quoted; `crm.contacts` is one in a schema. */
sql.ref = (name: string): Sql => new Sql([name.split(".").map(quoted).join(".")]);

sql.table = sql.ref;

/** Text as it is: never of a request. */
sql.raw = (text: string): Sql => new Sql([text]);

/** Pieces, or values to bind, one after another. */
sql.join = (items: readonly unknown[], separator: Sql = COMMA): Sql => {
  const parts = items.flatMap((item, at) => at === 0 ? [item] : [separator, item]);
  return new Sql(["", ...parts.map(() => "")], parts);
};

const COMMA = new Sql([", "]);

/** The statement of a piece of SQL: identifiers quoted, values bound. */
export function statement(query: Sql): Statement {
  const values: unknown[] = [];
  return { text: textOf(query, values), values };
}

function textOf({ texts, values }: Sql, bound: unknown[]): string {
  let text = texts[0] ?? "";
  for (let at = 0; at < values.length; at++) {
    const value = values[at];
    text += value instanceof Sql ? textOf(value, bound) : `$${bound.push(value)}`;
    text += texts[at + 1] ?? "";
  }
  return text;
}

function quoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}
