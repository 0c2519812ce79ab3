import { type Sql, sql } from "../../db/sql.ts";
import type { Position } from "./cursor.ts";
import { type Equality, isEquality, isRange, met, type Named, valueOf } from "./conditions.ts";
import type { Sort } from "../resource.ts";
import { neededBy, type View } from "../views/view.ts";

/** What a page is read by: which records of a view, in which order, and how many from where on. */
export interface PageQuery {
  view: View;
  conditions: readonly Named[];
  sort: Sort;
  order: "asc" | "desc";
  size: number;
  /** Whether the actor does not see every record: kept totals are not those of what they see. */
  isPartial: boolean;
  /** The number of a page, or the record after which one begins. */
  from: number | Position;
}

/** A whole number as SQL. */
export function number(value: number): Sql {
  return sql.raw(String(Math.trunc(value)));
}

/**
 * How a page's records are found: one of a key by that key; in the order of an index, from the page's
 * first record on; or as `adaptivePage` says.
 */
export function strategyOf({ view, conditions, sort }: PageQuery): "unique" | "index" | "adaptive" {
  const equalities = conditions.filter(isEquality);
  if (equalities.some(({ column }) => view.resource.keys?.includes(column))) return "unique";
  const [equal, ...others] = equalities;
  const ranges = conditions.filter(isRange);
  const isOrdered = equal === undefined ||
    ["created_at", equal.column].includes(sort.column) || sort.within?.includes(equal.column);
  const isBounded =
    ranges.every(({ column }) => column === sort.column && column !== equal?.column) &&
    new Set(ranges.map(({ is }) => is)).size === ranges.length;
  return isOrdered && isBounded && others.length === 0 &&
      conditions.length === equalities.length + ranges.length
    ? "index"
    : "adaptive";
}

/** A page of the at most one record that has a key. */
export function uniquePage(query: PageQuery): Sql {
  const position = typeof query.from === "number" ? [] : [after(query)];
  return sql`${select(query)} ${where([...query.conditions.map(met), ...position])} ${
    window(query)
  }`;
}

/**
 * A page by the index of the one equality, if any, and the sort. The equal value is a range and leads the
 * order, so that no other index will do: a planner that thinks most records match would take the
 * sort's own, and look through all of it for a value that few have.
 */
export function indexPage(query: PageQuery): Sql {
  const { conditions, sort, order, from } = query;
  const equal = conditions.find(isEquality);
  const leading = equal?.column === sort.column ? undefined : equal;
  const side = (is: "after" | "before") => {
    const range = conditions.filter(isRange).find((condition) => condition.is === is);
    if (range !== undefined) return [beyond(query, is, sql`${range.name}`, leading)];
    return equal === undefined ? [] : [edge(equal, is)];
  };
  const [least, most] = [side("after"), side("before")];
  // The position is the one bound of its side: of two, the index may begin at the farther one.
  const bounds = typeof from === "number"
    ? [...least, ...most]
    : [...(order === "asc" ? most : least), after(query, leading)];
  return sql`${select(query)} ${where(bounds)} ${sorted(query, leading)} ${window(query)}`;
}

/** The least or the most that a column may be to have a value. */
export function edge(equal: Named<Equality>, is: "after" | "before"): Sql {
  return sql`${sql.ref(equal.column)} ${sql.raw(is === "after" ? ">=" : "<=")} ${valueOf(equal)}`;
}

// What is sorted after or before a value, among the records that meet an equality.
function beyond(
  { sort }: PageQuery,
  is: "after" | "before",
  value: Sql,
  equal: Named<Equality> | undefined,
): Sql {
  const sign = sql.raw(is === "after" ? ">" : "<");
  const bound = sql`${value}::${sql.raw(sort.type)}`;
  if (equal === undefined) return sql`${sql.ref(sort.column)} ${sign} ${bound}`;
  return sql`(${sql.ref(equal.column)}, ${sql.ref(sort.column)}) ${sign} (${
    valueOf(equal)
  }, ${bound})`;
}

/** Selects what a page's records show, meet and are sorted by. */
export function select({ view, conditions, sort }: PageQuery): Sql {
  const compared = conditions.flatMap((condition) => {
    if (condition.is === "query") return condition.columns;
    return "column" in condition ? [condition.column] : [];
  });
  const columns = new Set([...neededBy(view), ...compared, sort.column, "id"]);
  return sql`select ${sql.join([...columns].map(sql.ref))} from ${sql.table(view.resource.table)}`;
}

/** The records of a page and one more. */
export function window({ from, size }: PageQuery): Sql {
  const skipping = typeof from === "number" && from > 1 ? sql` offset ${"skipped"}` : sql``;
  return sql`limit ${number(size + 1)}${skipping}`;
}

export function sorted({ sort, order }: PageQuery, leading?: Named<Equality>): Sql {
  const columns = [...(leading === undefined ? [] : [leading.column]), sort.column];
  if (!sort.unique) columns.push("id");
  return sql`order by ${
    sql.join(columns.map((column) => sql`${sql.ref(column)} ${sql.raw(order)}`))
  }`;
}

/** What comes after the list's position, among the records that meet an equality. */
export function after({ sort, order }: PageQuery, leading?: Named<Equality>): Sql {
  const columns = [sql.ref(sort.column)];
  const values = [sql`${"value"}::${sql.raw(sort.type)}`];
  if (leading !== undefined) {
    columns.unshift(sql.ref(leading.column));
    values.unshift(valueOf(leading));
  }
  if (!sort.unique) {
    columns.push(sql.ref("id"));
    values.push(sql`${"id"}::uuid`);
  }
  return sql`(${sql.join(columns)}) ${sql.raw(order === "asc" ? ">" : "<")} (${sql.join(values)})`;
}

export function where(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? sql`` : sql`where ${sql.join(conditions, sql` and `)}`;
}
