import { type Sql, sql } from "../../db/sql.ts";
import { type Hits, hitsOf, isEquality, met } from "./conditions.ts";
import { after, edge, number, type PageQuery, select, sorted, where, window } from "./page.ts";

/** How far the sort's index is looked through. */
const FARTHEST = 20_000;

/**
 * What {@link adaptivePage} needs in front of it: `counted`, how many records match and how many there
 * are, and `near`, what is found of the page among the first records in order.
 */
export function adaptiveParts(query: PageQuery, total: Sql, all: Sql): Sql {
  // Of what most match, a page is nearer than all of it, wherever it begins.
  const farthest = sql`(select case when matching > records / 2 then records
    else ${number(FARTHEST)} end from counted)`;
  const conditions = typeof query.from === "number" ? [] : [after(query)];
  return sql`with counted as materialized (
      select (${total}) as matching, (${all}) as records
    ), near as materialized (
      select * from (
        ${select(query)} ${where([sql`not ${areFew(query)}`, ...conditions])}
        ${sorted(query)} limit ${farthest}) first
      ${where(query.conditions.map(met))} ${sorted(query)} limit ${needed(query)}
    )`;
}

/**
 * A page of a filter and a sort that share no index. When so few records match that a page of them is
 * expected no nearer than that many records in order, or too few are found near, all that match are
 * sorted.
 */
export function adaptivePage(query: PageQuery): Sql {
  const isNear = sql`(select count(*) >= ${needed(query)} from near)`;
  const conditions = typeof query.from === "number" ? [] : [after(query)];
  return sql`select * from near where ${isNear} union all select * from (
      ${matching(query, [sql`not ${isNear}`])} offset 0) matching
    ${where(conditions)} ${sorted(query)} ${window(query)}`;
}

function areFew(query: PageQuery): Sql {
  return sql`(select matching::float8 * matching <= ${
    needed(query)
  }::float8 * records from counted)`;
}

// How many records of the list it takes to know the page.
function needed({ from, size }: PageQuery): Sql {
  return typeof from === "number" && from > 1 ? sql`${"needed"}::bigint` : number(size + 1);
}

// The records are looked up one by one (which is what the inner "offset 0" says): the planner would
// rather read through an index of all of the workspace.
function matching(query: PageQuery, provided: readonly Sql[]): Sql {
  const hits = hitsOf(query.conditions);
  if (hits === null) return sql`${select(query)} ${where([...provided, ...narrowed(query)])}`;
  return sql`select record.* from (${hits.values}) hits, lateral (
    ${select(query)} ${where([hits.of, ...rest(query, hits)])} offset 0) record ${where(provided)}`;
}

/** How many records meet the conditions, counted. */
export function countMatching(query: PageQuery): Sql {
  const { view: { resource }, conditions } = query;
  const hits = hitsOf(conditions);
  const table = sql.table(resource.table);
  if (hits === null) return sql`select count(*) from ${table} ${where(conditions.map(met))}`;
  const others = rest(query, hits);
  if (others.length === 0 && hits.condition.is === "member") {
    return sql`select count(*) from (${hits.values}) hits`;
  }
  return sql`select count(*) from (${hits.values}) hits, lateral (
    select from ${table} ${where([hits.of, ...others])} offset 0) record`;
}

function rest({ conditions }: PageQuery, hits: Hits): Sql[] {
  return conditions.filter((condition) => condition !== hits.condition).map(met);
}

// As a range, an equality counts as narrow, whatever the planner knows of its values.
function narrowed({ conditions }: PageQuery): Sql[] {
  const [first, ...others] = conditions;
  return first === undefined || others.length > 0 || !isEquality(first)
    ? conditions.map(met)
    : [edge(first, "after"), edge(first, "before")];
}
