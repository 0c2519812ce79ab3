import { type Sql, sql } from "../db/sql.ts";
import { writtenId } from "./views/statements.ts";

/** What became of an entry. */
export const ENTRY_STATUSES = ["enriched", "not_found", "failed"] as const;

/** What is told of the entries that a job was given up before. */
const GIVEN_UP = "The job was given up before this entry.";

/** Entries that are to be enriched. */
export interface BegunEnrichment {
  userId: string;
  groupId: string | null;
  entries: readonly object[];
}

/** The queries that make a job of entries; the last one answers its number, `job_id`. */
export function enrichmentCreation({ userId, groupId, entries }: BegunEnrichment): Sql[] {
  const options = JSON.stringify({ group_id: groupId });
  return [
    sql`with written as (
        insert into crm.import_jobs (type, created_by, options, total_rows)
        values ('enrichment', ${userId}::uuid, ${options}::jsonb, ${entries.length}::int) returning id
      )
      select set_config('app.written_id', id::text, true) from written`,
    sql`insert into crm.enrichment_entries (import_id, place, given)
      select ${writtenId}, place - 1, given
      from jsonb_array_elements(${
      JSON.stringify(entries)
    }::jsonb) with ordinality one (given, place)`,
    nextEntries(writtenId),
    sql`select number::int as job_id from crm.import_jobs where id = ${writtenId}`,
  ];
}

/** The query that enqueues the job that goes on with the entries of an enrichment; before those that score leads. */
export function nextEntries(id: Sql): Sql {
  return sql`select app.enqueue_job('leads.enrich', jsonb_build_object('import_id', ${id}::uuid),
    now(), 1)`;
}

/** The query of an enrichment with a number, as `job`, JSON text, if the actor may see what was found. */
export function enrichmentJob(number: number): Sql {
  const status = sql`case e.status when 'pending' then 'failed' else e.status end`;
  const count = (one: (typeof ENTRY_STATUSES)[number]) =>
    sql`count(*) filter (where its.status = ${sql.literal(one)})`;
  return sql`select json_build_object('job_id', i.number, 'status', i.status,
      'group_id', i.options ->> 'group_id', 'total', i.total_rows, 'processed', of.processed,
      'enriched', of.enriched, 'not_found', of.not_found, 'failed', of.failed,
      'results', of.results)::text as job
    from crm.import_jobs i, lateral (
      select count(*) as processed, ${count("enriched")} as enriched,
        ${count("not_found")} as not_found, ${count("failed")} as failed,
        coalesce(json_agg(json_build_object('index', its.place, 'status', its.status,
          'lead_id', its.lead_id, 'data', its.data, 'error', its.error) order by its.place), '[]') as results
      from (
        select e.place, ${status} as status, e.data,
          (select l.number from crm.leads l where l.id = e.lead_id) as lead_id,
          case e.status when 'pending' then ${GIVEN_UP} else e.error end as error
        from crm.enrichment_entries e
        where e.import_id = i.id and (e.status <> 'pending' or i.status = 'failed')) its) of
    where i.number = ${number} and i.type = 'enrichment'
      and ((select app.sees_all()) or i.created_by = (select app.claimed_actor()))`;
}

/** An entry that is still to be enriched. */
export interface PendingEntry {
  id: string;
  place: number;
  given: Record<string, string | null>;
}

/** The query of the next entries of an enrichment that are still to be enriched. */
export function pendingEntries(importId: string, most: number): Sql {
  return sql`select id, place, given from crm.enrichment_entries
    where import_id = ${importId}::uuid and status = 'pending' order by place limit ${most}`;
}

/** The query that holds an entry until the transaction ends: one row, unless it has been enriched. */
export function entryTaken(id: string): Sql {
  return sql`select id from crm.enrichment_entries
    where id = ${id}::uuid and status = 'pending' for update`;
}

/** What became of an entry, and whether it made or changed a lead. */
export interface EntryDone {
  status: (typeof ENTRY_STATUSES)[number];
  lead?: string | null;
  outcome?: "created" | "updated" | null;
  data?: Readonly<Record<string, string>>;
  error?: string;
}

/** The queries that keep what became of an entry, and count it. */
export function entryDone(
  importId: string,
  { id, place }: PendingEntry,
  { status, lead = null, outcome = null, data = {}, error }: EntryDone,
): Sql[] {
  const kind = outcome ?? (status === "failed" ? "failed" : "skipped");
  const counted = sql.ref(`${kind}_rows`);
  const errors = error === undefined ? [] : [{ row: place + 1, field: null, message: error }];
  return [
    sql`update crm.enrichment_entries set status = ${status}, lead_id = ${lead}::uuid,
        data = ${JSON.stringify(data)}::jsonb, error = ${error ?? null}
      where id = ${id}::uuid`,
    sql`update crm.import_jobs set status = 'processing', started_at = coalesce(started_at, now()),
        processed_rows = processed_rows + 1, ${counted} = ${counted} + 1,
        errors = errors || ${JSON.stringify(errors)}::jsonb
      where id = ${importId}::uuid and status in ('pending', 'processing')`,
  ];
}
