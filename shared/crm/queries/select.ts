import { type Sql, sql } from "../../db/sql.ts";
import { meeting } from "./conditions.ts";
import type { QueryField } from "./field.ts";
import { type Interval, MOST_ROWS, type Query, USUAL_ROWS } from "./query.ts";
import { fieldOf, measuredOf, sourceOf } from "./sources.ts";

/** What a column of a result holds. */
export interface ResultColumn {
  name: "dimension" | "value";
  type: "text" | "number" | "date";
}

/** The columns of the result of a query. */
export function columnsOf({ source, dimension }: Query): ResultColumn[] {
  const value: ResultColumn = { name: "value", type: "number" };
  if (dimension === undefined) return [value];
  const { type } = fieldOf(source, dimension.field);
  const told = isOverTime(type) ? "date" : type === "number" ? "number" : "text";
  return [{ name: "dimension", type: told }, value];
}

/**
 * The SQL of a checked query: `rows`, a JSON array with the columns of its result, how many there are, and
 * the `value` of one without a dimension.
 */
export function selectQuery(query: Query): Sql {
  const { source, filters = [] } = query;
  const { from, value } = measured(query);
  const where = meeting(source, filters);
  if (query.dimension === undefined) {
    return sql`
      select 1 as row_count, value::text, json_build_array(json_build_object('value', value))::text as rows
      from (select ${value} as value from ${from} where ${where}) measured`;
  }
  const { dimension } = query;
  const field = fieldOf(source, dimension.field);
  const ordering = orderOf(query);
  // Of more days than are shown, those are wanted that were last.
  const first = isOverTime(field.type) && query.order === undefined
    ? sql`key desc nulls last`
    : ordering;
  return sql`
    with grouped as materialized (
      select ${groupedBy(field, dimension.interval)} as key, ${value} as value
      from ${from} where ${where} group by 1
    ), shown as (
      select ${nameOf(field)} as dimension, grouped.value, grouped.key from grouped
    ), page as (
      select dimension, value, row_number() over (order by ${ordering}) as nth from shown
      order by ${first} limit ${Math.min(query.limit ?? USUAL_ROWS, MOST_ROWS)}
    )
    select count(*)::int as row_count, null as value, coalesce(json_agg(
        json_build_object('dimension', dimension, 'value', value) order by nth), '[]')::text as rows
      from page`;
}

function measured({ source, measure: { fn, field } }: Query): { from: Sql; value: Sql } {
  const { from } = sourceOf(source);
  const of = field === undefined ? undefined : measuredOf(source, field);
  const value = of?.value ?? sql`*`;
  return { from: of?.from ?? from, value: summed(fn, value) };
}

function summed(fn: Query["measure"]["fn"], value: Sql): Sql {
  switch (fn) {
    case "count":
      return sql`count(${value})`;
    case "sum":
      return sql`trim_scale(coalesce(sum(${value}), 0)::numeric)`;
    case "avg":
      return sql`trim_scale(round(avg(${value}), 4))`;
    case "min":
      return sql`min(${value})`;
    case "max":
      return sql`max(${value})`;
  }
}

const isOverTime = (type: QueryField["type"]) => type === "time" || type === "date";

function groupedBy({ type, value, ownName }: QueryField, interval: Interval = "day"): Sql {
  if (!isOverTime(type)) return ownName ?? value;
  const local = type === "time" ? sql`${value} at time zone 'UTC'` : sql`${value}::timestamp`;
  return sql`date_trunc(${sql.literal(interval)}, ${local})::date`;
}

function nameOf({ named, ownName }: QueryField): Sql {
  if (named === undefined || ownName !== undefined) return sql`grouped.key`;
  return sql`(select ${named.name} from ${named.from} where ${named.key} = grouped.key)`;
}

// Ends in the key, so that the order is the same each time.
function orderOf({ source, dimension, order }: Query): Sql {
  const { type } = fieldOf(source, dimension?.field ?? "");
  const { by = isOverTime(type) ? "dimension" : "value" } = order ?? {};
  const { dir = by === "value" ? "desc" : "asc" } = order ?? {};
  const first = sql`${sql.ref(by)} ${sql.raw(dir)} nulls last`;
  return sql`${first}, dimension nulls last, key`;
}
