import { type Sql, sql, statement } from "../db/sql.ts";
import type { Statement } from "../db/pipeline.ts";
import type { Position } from "./cursor.ts";
import { columnsOf } from "./records.ts";
import type { Resource, Sort } from "./resource.ts";

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

/** The columns that the rows of a list have beside the record's: what they are sorted by, as text, and the total. */
export const SORT_VALUE = "sort_value";
export const LIST_TOTAL = "list_total";

/**
 * The statements that read a page, one record more to know whether a page follows, and the total:
 * in the rows of a second statement, or, of a search, in the first one's. A search whose page is
 * empty has one row, without an id.
 */
export function listStatements(request: ListRequest): Statement[] {
  const patterns = searchPatterns(request.search);
  if (patterns.length > 0) return [statement(searched(request, patterns))];
  return [statement(page(request)), statement(total(request))];
}

function page(request: ListRequest) {
  const { resource, sort, from } = request;
  const value = sql`${sql.ref(sort.column)}::text as ${sql.ref(SORT_VALUE)}`;
  if (typeof from === "number") return records(request, value, filtered(request));
  if (request.filters.length === 0) {
    return records(request, value, [after(sort.column, request, from)]);
  }
  const key = sql`${sql.ref(sort.column)} as sort_key`;
  const parts = runAndRest(request, from).map((condition) =>
    sql`(${records(request, key, [...filtered(request), condition])})`
  );
  return sql`select ${columnsOf(resource)}, sort_key::text as ${sql.ref(SORT_VALUE)}
    from (${sql.join(parts, sql` union all `)}) page
    order by ${ordered(request, "sort_key")} ${limit(request)}`;
}

// What is found is read once, for the page and the total. The records are looked up one by one (which
// is what "offset 0" says): of the claims' workspace the planner knows nothing, and would rather look
// for many ids by reading through an index of all of it.
function searched(request: ListRequest, patterns: string[]) {
  const { resource, sort, from } = request;
  const [longest, ...others] = patterns;
  const columns = columnsOf(resource);
  const rest = typeof from === "number" ? [] : [after("sort_key", request, from)];
  return sql`with found as materialized (
      select record.* from ${sql.raw(resource.search ?? "")}(${longest}, ${others}) hit, lateral (
        select ${columns}, ${sql.ref(sort.column)} as sort_key from ${sql.table(resource.table)}
        ${where([sql`id = hit`, ...filtered(request)])} offset 0) record)
    select ${columns}, sort_key::text as ${sql.ref(SORT_VALUE)}, ${sql.ref(LIST_TOTAL)}
    from (select count(*) as ${sql.ref(LIST_TOTAL)} from found) counted left join (
      select * from found ${where(rest)}
      order by ${ordered(request, "sort_key")} ${limit(request)}${offset(request)}) page on true
    order by ${ordered(request, "sort_key")}`;
}

function records(
  request: ListRequest,
  sortValue: Sql,
  conditions: Sql[],
) {
  const { resource, sort } = request;
  return sql`select ${columnsOf(resource)}, ${sortValue}
    from ${sql.table(resource.table)} ${where(conditions)}
    order by ${ordered(request, sort.column)} ${limit(request)}${offset(request)}`;
}

function limit({ perPage }: ListRequest) {
  return sql`limit ${perPage + 1}`;
}

function offset({ from, perPage }: ListRequest) {
  return typeof from === "number" && from > 1 ? sql` offset ${(from - 1) * perPage}` : sql``;
}

function ordered({ order }: ListRequest, column: string) {
  const direction = sql.raw(order);
  return sql`${sql.ref(column)} ${direction}, id ${direction}`;
}

function filtered({ filters }: ListRequest): Sql[] {
  return filters.map(([column, value]) => sql`${sql.ref(column)} = ${value}`);
}

// The records behind a position, where no other condition could tempt the planner.
function after(column: string, { sort, order }: ListRequest, { value, id }: Position) {
  const comparison = sql.raw(order === "asc" ? ">" : "<");
  return sql`(${sql.ref(column)}, id) ${comparison} (${value}::${sql.raw(sort.type)}, ${id}::uuid)`;
}

// Of the comparison as one, the planner expects next to nothing in a run of one sort value, and would
// look through all of the run for the few that the filters match.
function runAndRest({ sort, order }: ListRequest, from: Position) {
  const comparison = sql.raw(order === "asc" ? ">" : "<");
  const value = sql`${from.value}::${sql.raw(sort.type)}`;
  const column = sql.ref(sort.column);
  return [
    sql`${column} = ${value} and id ${comparison} ${from.id}::uuid`,
    sql`${column} ${comparison} ${value}`,
  ];
}

function total(request: ListRequest) {
  const { resource, filters } = request;
  const [[field, value] = ["", ""], ...others] = filters;
  const isCounted = field === "" || resource.counted?.includes(field);
  if (!isCounted || others.length > 0) {
    return sql`select count(*) as ${sql.ref(LIST_TOTAL)} from ${sql.table(resource.table)}
      ${where(filtered(request))}`;
  }
  return sql`select coalesce(sum(records), 0)::bigint as ${sql.ref(LIST_TOTAL)}
    from crm.record_counts
    where resource = ${resource.name} and field = ${field} and value = ${value}`;
}

function where(conditions: readonly Sql[]) {
  return conditions.length === 0 ? sql`` : sql`where ${sql.join(conditions, sql` and `)}`;
}

/** LIKE patterns that each contain one word of the search, longest first. */
function searchPatterns(search: string): string[] {
  return search.split(/\s+/).filter((word) => word !== "")
    .sort((a, b) => b.length - a.length)
    .map((word) => `%${word.replace(/[\\%_]/g, "\\$&")}%`);
}
