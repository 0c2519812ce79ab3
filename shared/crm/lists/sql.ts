import { type Sql, sql } from "../../db/sql.ts";
import {
  adaptivePage,
  adaptiveParts,
  after,
  filtered,
  filterName,
  indexPage,
  type ListRequest,
  number,
  select,
  sorted,
  strategyOf,
  uniquePage,
  where,
  window,
} from "./page.ts";
import { timestamp } from "../values/record-schema.ts";
import type { Resource } from "../resource.ts";

/** Between the records that a list's statement answers; in no JSON text (RFC 7464). */
export const SEPARATOR = "\x1e";

/**
 * The SQL of a list, with names in place of its values: `filter …`, `longest` and `others` of the
 * patterns searched for, `value` and `id` of a position, `skipped` and `needed` of a later page.
 */
export function listSql(request: ListRequest, searching: boolean): Sql {
  const { resource: { columns: shownColumns }, perPage, sort } = request;
  const columns = shown(request.resource);
  const { parts, page, total } = searching ? searched(request) : listed(request);
  const separator = sql.raw(`'${SEPARATOR}'`);
  if (sort.column in shownColumns) {
    return sql`${parts} select string_agg(row_to_json(record)::text, ${separator}) as records,
        (${total}) as list_total
      from (select ${columns} from (${page}) page) record`;
  }
  return sql`${parts} select string_agg(record::text, ${separator}) as records,
      (${total}) as list_total, (array_agg(sort_key))[${number(perPage)}]::text as sort_value
    from (
      select row_to_json((select record from (select ${columns}) record)) as record,
        ${sql.ref(sort.column)} as sort_key
      from (${page}) page) listed`;
}

// Times with all six digits of the fraction; the session's are in UTC.
function shown({ columns }: Resource): Sql {
  return sql.join(
    Object.entries(columns).map(([column, { answer }]) => {
      const name = sql.ref(column);
      if (answer !== timestamp) return name;
      return sql`to_char(${name}, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as ${name}`;
    }),
  );
}

function listed(request: ListRequest) {
  const total = totalOf(request);
  const strategy = strategyOf(request);
  if (strategy !== "adaptive") {
    return {
      parts: sql``,
      page: strategy === "unique" ? uniquePage(request) : indexPage(request),
      total,
    };
  }
  return {
    parts: adaptiveParts(request, total, totalOf({ ...request, filters: [] })),
    page: adaptivePage(request),
    total: sql`select matching from counted`,
  };
}

// What is found is read once, for the page and the total. The records are looked up one by one (which
// is what "offset 0" says): of the claims' workspace the planner knows nothing, and would rather look
// for many ids by reading through an index of all of it.
function searched(request: ListRequest) {
  const hits = sql`${sql.raw(request.resource.search ?? "")}(${"longest"}, ${"others"})`;
  const rest = typeof request.from === "number" ? [] : [after(request)];
  return {
    parts: sql`with found as materialized (
      select record.* from ${hits} hit, lateral (
        ${select(request)} ${where([sql`id = hit`, ...filtered(request)])} offset 0) record)`,
    page: sql`select * from found ${where(rest)} ${sorted(request)} ${window(request)}`,
    total: sql`select count(*) from found`,
  };
}

function totalOf({ resource, filters }: ListRequest): Sql {
  const [[field] = [""], ...others] = filters;
  const isCounted = field === "" || resource.counted?.includes(field);
  if (!isCounted || others.length > 0) {
    return sql`select count(*) from ${sql.table(resource.table)} ${where(filtered({ filters }))}`;
  }
  const value = field === "" ? sql`''` : sql`${filterName(field)}`;
  return sql`select coalesce(sum(records), 0)::bigint from crm.record_counts
    where resource = ${sql.raw(`'${resource.name}'`)} and field = ${sql.raw(`'${field}'`)}
      and value = ${value}`;
}
