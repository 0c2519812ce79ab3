import { type Sql, sql } from "../../db/sql.ts";
import { adaptivePage, adaptiveParts, countMatching } from "./adaptive.ts";
import { countedBy, met } from "./conditions.ts";
import {
  after,
  indexPage,
  number,
  type PageQuery,
  select,
  sorted,
  strategyOf,
  uniquePage,
  where,
  window,
} from "./page.ts";
import { shown, type View } from "../views/view.ts";

/** Between the records that a list's statement answers; in no JSON text (RFC 7464). */
export const SEPARATOR = "\x1e";

/** The field of a view that shows a column as it is, if one does. */
export function showing({ fields }: View, column: string): string | undefined {
  return Object.keys(fields).find((name) => fields[name]?.shows === column);
}

/**
 * The SQL of a list, with names in place of its values: `condition …`, `longest` and `others` of the
 * patterns searched for, `value` and `id` of a position, `skipped` and `needed` of a later page.
 */
export function listSql(query: PageQuery, searching: boolean): Sql {
  const { view, sort } = query;
  const { parts, page, total } = searching ? searched(query) : listed(query);
  const separator = sql.raw(`'${SEPARATOR}'`);
  // Where a page ends, told beside its records when they do not show it.
  const hidden = [
    { column: sort.column, key: "sort_key", as: "sort_value" },
    { column: "id", key: "id_key", as: "last_id" },
  ].filter(({ column }) => showing(view, column) === undefined);
  if (hidden.length === 0) {
    return sql`${parts} select string_agg(row_to_json(record)::text, ${separator}) as records,
        (${total}) as list_total
      from (select ${shown(view)} from (${page}) page) record`;
  }
  const ends = hidden.map(({ key, as }) =>
    sql`(array_agg(${sql.raw(key)}))[${number(query.size)}]::text as ${sql.raw(as)}`
  );
  const keys = hidden.map(({ column, key }) => sql`${sql.ref(column)} as ${sql.raw(key)}`);
  return sql`${parts} select string_agg(record::text, ${separator}) as records,
      (${total}) as list_total, ${sql.join(ends)}
    from (
      select row_to_json((select record from (select ${shown(view)}) record)) as record,
        ${sql.join(keys)}
      from (${page}) page) listed`;
}

function listed(query: PageQuery) {
  const total = totalOf(query);
  const strategy = strategyOf(query);
  if (strategy !== "adaptive") {
    return {
      parts: sql``,
      page: strategy === "unique" ? uniquePage(query) : indexPage(query),
      total,
    };
  }
  return {
    parts: adaptiveParts(query, total, totalOf({ ...query, conditions: [] })),
    page: adaptivePage(query),
    total: sql`select matching from counted`,
  };
}

// What is found is read once, for the page and the total. The records are looked up one by one (which
// is what "offset 0" says): of the claims' workspace the planner knows nothing, and would rather look
// for many ids by reading through an index of all of it.
function searched(query: PageQuery) {
  const hits = sql`${sql.raw(query.view.resource.search ?? "")}(${"longest"}, ${"others"})`;
  const rest = typeof query.from === "number" ? [] : [after(query)];
  return {
    parts: sql`with found as materialized (
      select record.* from ${hits} hit, lateral (
        ${select(query)} ${where([sql`id = hit`, ...query.conditions.map(met)])} offset 0) record)`,
    page: sql`select * from found ${where(rest)} ${sorted(query)} ${window(query)}`,
    total: sql`select count(*) from found`,
  };
}

// A total of all records has the field and the value ''.
function totalOf(query: PageQuery): Sql {
  const { view: { resource }, conditions, isPartial } = query;
  const [first, ...others] = conditions;
  const counted = first === undefined
    ? { resource: resource.name, field: "", value: sql`''` }
    : countedBy(first, resource);
  if (counted === null || others.length > 0 || isPartial || resource.uncounted) {
    return countMatching(query);
  }
  return sql`select coalesce(sum(records), 0)::bigint from crm.record_counts
    where resource = ${sql.literal(counted.resource)} and field = ${sql.literal(counted.field)}
      and value = ${counted.value}`;
}
