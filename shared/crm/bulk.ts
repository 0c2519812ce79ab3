import { type Sql, sql, statement } from "../db/sql.ts";
import type { Statement } from "../db/wire/pipeline.ts";
import type { Resource } from "./resource.ts";

/** Which records something is done with: those of these numbers, or whose ids a query answers. */
export type Chosen = { numbers: readonly number[] } | { query: Sql };

/** What is done with each; the query names their ids, an array, and answers how many changed. */
export type Work = (ids: Sql) => Sql;

/**
 * Waits for the turn of those who work on many records of a kind in the workspace: one at a time does, and
 * longer than a write may take else.
 */
export function bulkTurn({ name }: Resource): Statement[] {
  const turn = `crm.${name}.bulk `;
  return [
    sql`select set_config('lock_timeout', '14s', true),
      set_config('statement_timeout', '14s', true)`,
    sql`select pg_advisory_xact_lock(hashtextextended(${turn}::text || app.workspace_id(), 0))`,
  ].map(statement);
}

/**
 * The query that does something with records, one after another in the order of their ids, so that two of
 * them wait for each other rather than in a circle. Its one row: `matched`, `updated`, and of the numbers `found`.
 * `lock` is that of the rows: to delete them takes a harder one than to change them.
 */
export function worked(
  { name }: Resource,
  chosen: Chosen,
  work: Work,
  lock: "change" | "deletion" = "change",
): Sql {
  const condition = "numbers" in chosen
    ? sql`number = any(${chosen.numbers}::bigint[])`
    : sql`id in (${chosen.query})`;
  const found = "numbers" in chosen
    ? sql`(select coalesce(json_agg(number), '[]') from chosen)`
    : sql`'[]'::json`;
  return sql`with chosen as materialized (
      select id, number from ${sql.table(`crm.${name}`)} where ${condition} order by id
      ${sql.raw(lock === "change" ? "for no key update" : "for update")}
    )
    select (select count(*)::int from chosen) as matched, ${found} as found,
      ${work(sql`array(select id from chosen order by id)`)} as updated`;
}
