import { isLosslessNumber } from "lossless-json";
import { type Sql, sql } from "../../db/sql.ts";
import type { QueryField } from "./field.ts";
import { spanOf } from "./moment.ts";
import type { Comparand, QueryFilter } from "./query.ts";
import { fieldOf, type SourceName } from "./sources.ts";

const COMPARISONS = { gt: ">", gte: ">=", lt: "<", lte: "<=" } as const;

/** SQL that is true of the records of a source, `its`, that meet all of some checked filters. */
export function meeting(source: SourceName, filters: readonly QueryFilter[]): Sql {
  const all = filters.map((filter) => met(fieldOf(source, filter.field), filter));
  return all.length === 0 ? sql`true` : sql.join(all.map((one) => sql`(${one})`), sql` and `);
}

function met(field: QueryField, { op, value }: QueryFilter): Sql {
  if (op === "is_null") {
    const { ownName: told = field.value } = field;
    return value === false ? sql`${told} is not null` : sql`${told} is null`;
  }
  const values = (Array.isArray(value) ? value : [value]) as readonly Comparand[];
  const any = sql.join(values.map((one) => compared(field, op, one)), sql` or `);
  // What one of the values is not true of, also when there is nothing to compare.
  return op === "ne" ? sql`(${any}) is not true` : any;
}

function compared(field: QueryField, op: QueryFilter["op"], value: Comparand): Sql {
  const operator = op === "gt" || op === "gte" || op === "lt" || op === "lte" ? op : null;
  switch (field.type) {
    case "number":
      return sql`${field.value} ${sql.raw(operator ? COMPARISONS[operator] : "=")} ${
        String(value)
      }::numeric`;
    case "date":
      return sql`${field.value} ${sql.raw(operator ? COMPARISONS[operator] : "=")} ${
        String(value)
      }::date`;
    case "time":
      return atTime(field.value, operator, String(value));
    case "text":
      return toldAs(field.value, op, String(value));
    case "named":
      return ofOthers(field, op, value);
  }
}

// A day lasts until the next begins, a time for as short as the database can tell.
function atTime(time: Sql, operator: keyof typeof COMPARISONS | null, given: string): Sql {
  const { start, length } = spanOf(given);
  const begin = sql`${start}::timestamptz`;
  const end = sql`${start}::timestamptz + ${length}::interval`;
  switch (operator) {
    case "gt":
      return sql`${time} >= ${end}`;
    case "gte":
      return sql`${time} >= ${begin}`;
    case "lt":
      return sql`${time} < ${begin}`;
    case "lte":
      return sql`${time} < ${end}`;
    case null:
      return sql`${time} >= ${begin} and ${time} < ${end}`;
  }
}

const folded = (text: Sql) => sql`lower(${text} collate "und-x-icu")`;

/** SQL that is true where a text is one, or contains it, in any case. */
function toldAs(text: Sql, op: QueryFilter["op"], given: string): Sql {
  const wanted = folded(sql`${given}::text`);
  return op === "contains"
    ? sql`strpos(${folded(text)}, ${wanted}) > 0`
    : sql`${folded(text)} = ${wanted}`;
}

// By the number where one is given, else by the name.
function ofOthers({ value, named, ownName }: QueryField, op: QueryFilter["op"], given: Comparand) {
  if (named === undefined) throw new Error("a field names nothing");
  const isNumber = typeof given === "number" || isLosslessNumber(given);
  if (!isNumber && ownName) return toldAs(ownName, op, String(given));
  const which = isNumber
    ? sql`${named.number} = ${String(given)}::numeric`
    : toldAs(named.name, op, String(given));
  return sql`${value} in (select ${named.key} from ${named.from} where ${which})`;
}
