import { type Sql, sql, statement } from "../db/sql.ts";
import type { Statement } from "../db/wire/pipeline.ts";

/**
 * Waits for the turn of those who work on many leads of the workspace: one at a time does, and longer than a
 * write may take else.
 */
export const BULK_TURN: readonly Statement[] = [
  sql`select set_config('lock_timeout', '14s', true), set_config('statement_timeout', '14s', true)`,
  sql`select pg_advisory_xact_lock(hashtextextended('crm.leads.bulk ' || app.workspace_id(), 0))`,
].map(statement);

/** Which leads something is done with: those of these numbers, or whose ids a query answers. */
export type Chosen = { numbers: readonly number[] } | { query: Sql };

/** What is done with each; the query names the leads' ids, an array, and answers how many changed. */
export type Work = (ids: Sql) => Sql;

/**
 * The query that does something with leads, one after another in the order of their ids, so that two of
 * them wait for each other rather than in a circle. Its one row: `updated`, and of the numbers `found`.
 */
export function leadsWorked(chosen: Chosen, work: Work): Sql {
  const condition = "numbers" in chosen
    ? sql`number = any(${chosen.numbers}::bigint[])`
    : sql`id in (${chosen.query})`;
  const found = "numbers" in chosen
    ? sql`(select coalesce(json_agg(number), '[]') from chosen)`
    : sql`'[]'::json`;
  return sql`with chosen as materialized (
      select id, number from crm.leads where ${condition} order by id for no key update
    )
    select (select count(*)::int from chosen) as matched, ${found} as found,
      ${work(sql`array(select id from chosen order by id)`)} as updated`;
}

/** Gives leads the status of a number. */
export function statusOfLeads(status: number): Work {
  return (ids) => sql`app.set_status_of_leads(${ids}, ${status})`;
}

/** Gives leads the user of a number, or none. */
export function assignmentOfLeads(user: number | null): Work {
  return (ids) => sql`app.assign_leads(${ids}, ${user})`;
}

/** Gives leads tags, by number or name; `instead` of all that they have, if so. */
export function tagsOfLeads(tags: readonly unknown[], instead: boolean): Work {
  return (ids) => sql`app.tag_leads(${ids}, ${JSON.stringify(tags)}::jsonb, ${instead})`;
}

/** Deletes leads. */
export const deletionOfLeads: Work = (ids) => sql`app.delete_leads(${ids})`;
