import { type Sql, sql } from "../../db/sql.ts";
import type { Position } from "./cursor.ts";
import type { Resource, Sort } from "../resource.ts";

/** What a list asks for: which records, in which order, and how many from where on. */
export interface ListRequest {
  resource: Resource;
  /** Columns and the values they must have. */
  filters: readonly (readonly [column: string, value: string])[];
  search: string;
  sort: Sort;
  order: "asc" | "desc";
  perPage: number;
  /** The number of a page, or the record after which one begins. */
  from: number | Position;
}

/** What stands for a filter's value in the SQL of a list. */
export function filterName(column: string): string {
  return `filter ${column}`;
}

/** A whole number as SQL. */
export function number(value: number): Sql {
  return sql.raw(String(Math.trunc(value)));
}

/**
 * How a page's records are found: one of a key by that key; in the order of an index, from the page's
 * first record on; or as {@link adaptivePage} says.
 */
export function strategyOf(
  { resource, filters, sort }: ListRequest,
): "unique" | "index" | "adaptive" {
  if (filters.some(([column]) => resource.keys?.includes(column))) return "unique";
  const [[filter] = [], ...others] = filters;
  const isOrdered = filter === undefined ||
    others.length === 0 &&
      (["created_at", filter].includes(sort.column) || sort.within?.includes(filter));
  return isOrdered ? "index" : "adaptive";
}

/** A page of the at most one record that has a key. */
export function uniquePage(request: ListRequest): Sql {
  const conditions = typeof request.from === "number" ? [] : [after(request)];
  return sql`${select(request)} ${where([...filtered(request), ...conditions])} ${window(request)}`;
}

/**
 * A page by the index of the filter, if any, and the sort. The filter's value is a range and leads the
 * order, so that no other index will do: a planner that thinks most records match would take the
 * sort's own, and look through all of it for a value that few have.
 */
export function indexPage(request: ListRequest): Sql {
  const { filters: [[filter] = []], sort, order, from } = request;
  if (filter === undefined) {
    const conditions = typeof from === "number" ? [] : [after(request)];
    return sql`${select(request)} ${where(conditions)} ${sorted(request)} ${window(request)}`;
  }
  const leading = filter === sort.column ? undefined : filter;
  const [least, most] = range(filter);
  // The position is the one bound of its side: of two, the index may begin at the farther one.
  const conditions = typeof from === "number"
    ? [least, most]
    : [order === "asc" ? most : least, after(request, leading)];
  return sql`${select(request)} ${where(conditions)} ${sorted(request, leading)} ${
    window(request)
  }`;
}

function range(filter: string): [least: Sql, most: Sql] {
  const [column, value] = [sql.ref(filter), filterName(filter)];
  return [sql`${column} >= ${value}`, sql`${column} <= ${value}`];
}

// As a range, a filter counts as narrow, whatever the planner knows of its values.
function narrowed(request: ListRequest): Sql[] {
  const [[filter] = [], ...others] = request.filters;
  return filter === undefined || others.length > 0 ? filtered(request) : range(filter);
}

/** How far the sort's index is looked through. */
const FARTHEST = 20_000;

/**
 * What {@link adaptivePage} needs in front of it: `counted`, how many records match and how many there
 * are, and `near`, what is found of the page among the first records in order.
 */
export function adaptiveParts(request: ListRequest, total: Sql, all: Sql): Sql {
  // Of what most match, a page is nearer than all of it, wherever it begins.
  const farthest = sql`(select case when matching > records / 2 then records
    else ${number(FARTHEST)} end from counted)`;
  const conditions = typeof request.from === "number" ? [] : [after(request)];
  return sql`with counted as materialized (
      select (${total}) as matching, (${all}) as records
    ), near as materialized (
      select * from (
        ${select(request)} ${where([sql`not ${areFew(request)}`, ...conditions])}
        ${sorted(request)} limit ${farthest}) first
      ${where(filtered(request))} ${sorted(request)} limit ${needed(request)}
    )`;
}

/**
 * A page of a filter and a sort that share no index. When so few records match that a page of them is
 * expected no nearer than that many records in order, or too few are found near, all that match are
 * sorted.
 */
export function adaptivePage(request: ListRequest): Sql {
  const isNear = sql`(select count(*) >= ${needed(request)} from near)`;
  const conditions = typeof request.from === "number" ? [] : [after(request)];
  return sql`select * from near where ${isNear} union all select * from (
      ${select(request)} ${where([sql`not ${isNear}`, ...narrowed(request)])} offset 0) matching
    ${where(conditions)} ${sorted(request)} ${window(request)}`;
}

function areFew(request: ListRequest): Sql {
  return sql`(select matching::float8 * matching <= ${
    needed(request)
  }::float8 * records from counted)`;
}

// How many records of the list it takes to know the page.
function needed({ from, perPage }: ListRequest): Sql {
  return typeof from === "number" && from > 1 ? sql`${"needed"}::bigint` : number(perPage + 1);
}

/** Selects what a page's records show and are sorted by. */
export function select({ resource, sort }: ListRequest): Sql {
  const columns = new Set([...Object.keys(resource.columns), sort.column]);
  return sql`select ${sql.join([...columns].map(sql.ref))} from ${sql.table(resource.table)}`;
}

/** The records of a page and one more. */
export function window({ from, perPage }: ListRequest): Sql {
  const skipping = typeof from === "number" && from > 1 ? sql` offset ${"skipped"}` : sql``;
  return sql`limit ${number(perPage + 1)}${skipping}`;
}

export function sorted({ sort, order }: ListRequest, filter?: string): Sql {
  const columns = [...(filter === undefined ? [] : [filter]), sort.column];
  if (!sort.unique) columns.push("id");
  return sql`order by ${
    sql.join(columns.map((column) => sql`${sql.ref(column)} ${sql.raw(order)}`))
  }`;
}

export function filtered({ filters }: Pick<ListRequest, "filters">): Sql[] {
  return filters.map(([column]) => sql`${sql.ref(column)} = ${filterName(column)}`);
}

/** What comes after the list's position, among the records that have the value of a filter. */
export function after({ sort, order }: ListRequest, filter?: string): Sql {
  const columns = [sql.ref(sort.column)];
  const values = [sql`${"value"}::${sql.raw(sort.type)}`];
  if (filter !== undefined) {
    columns.unshift(sql.ref(filter));
    values.unshift(sql`${filterName(filter)}`);
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
