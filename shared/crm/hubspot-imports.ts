import * as z from "zod";
import { type Sql, sql } from "../db/sql.ts";
import * as column from "./column.ts";
import { STATUSES } from "./exports.ts";
import { type BatchDone, keptErrors, type RowError } from "./import-jobs.ts";
import { type Resource, resource } from "./resource.ts";
import * as answer from "./values/record-schema.ts";

const count = column.readOnly(z.int().min(0));
const errors = z.array(z.object({ hubspot_id: z.string().nullable(), message: z.string() }));

/** Imports of HubSpot's contacts, with how far they are. */
export const hubspotImports: Resource = resource({
  record: "import",
  name: "hubspot_imports",
  table: "crm.hubspot_imports_with_jobs",
  columns: {
    id: column.id,
    status: column.readOnly(z.enum(STATUSES)),
    total_rows: count,
    processed_rows: count,
    created_rows: count,
    updated_rows: count,
    skipped_rows: count,
    failed_rows: count,
    errors: column.readOnly(errors),
    created_at: column.time,
    finished_at: column.readOnly(answer.timestamp.nullable()),
  },
  sorts: { created_at: { column: "created_at", type: "timestamptz" } },
});

/** Fields of leads or companies by the names of HubSpot's properties. */
export type PropertyMap = Readonly<Record<string, string>>;

/** Which field each property is. */
export interface HubspotMapping {
  lead: PropertyMap;
  /** Null: companies are left out. */
  company: PropertyMap | null;
}

/** An import that is to begin. */
export interface BegunHubspotImport {
  userId: string;
  mapping: HubspotMapping;
  /** When HubSpot's contacts were made; null for any time. */
  from: string | null;
  to: string | null;
  most: number;
}

/** The query that makes an import, and answers its `id`. */
export function hubspotImportCreation(
  { userId, mapping, from, to, most }: BegunHubspotImport,
): Sql {
  const given = { created_by: userId, mapping, created_from: from, created_to: to, most };
  return sql`select app.begin_hubspot_import(${JSON.stringify(given)}::jsonb) as id`;
}

/** The query that enqueues the job that goes on with an import, by its id; before those that score leads. */
export function nextPages(id: Sql, due: Sql = sql`now()`): Sql {
  return sql`select app.enqueue_job('hubspot.import', jsonb_build_object('import_id', ${id}::uuid),
    ${due}, 1)`;
}

/** An import that a job goes on with. */
export interface StoredHubspotImport {
  id: string;
  status: (typeof STATUSES)[number];
  mapping: HubspotMapping;
  /** Unix milliseconds. */
  from: number | null;
  to: number | null;
  most: number;
  after: string | null;
  behind: string | null;
  done_ids: readonly string[];
  total_rows: number;
  processed_rows: number;
  errors: number;
  /** Who began it; null when they are gone or inactive. */
  user_id: string | null;
  role: string | null;
}

/** The query of an import as a job needs it: a `StoredHubspotImport`, if it is still there. */
export function storedHubspotImport(id: string): Sql {
  return sql`select h.id, i.status, h.mapping, h.most, h.after, h.behind, h.done_ids,
      ceil(extract(epoch from h.created_from) * 1000)::float8 as "from",
      floor(extract(epoch from h.created_to) * 1000)::float8 as "to",
      i.total_rows, i.processed_rows, jsonb_array_length(i.errors) as errors, u.id as user_id,
      case when u.is_rep then 'rep' else u.role end as role
    from crm.hubspot_imports h
    join crm.import_jobs i on i.workspace_id = h.workspace_id and i.id = h.id
    left join crm.users u on u.id = i.created_by and u.status <> 'inactive'
    where h.id = ${id}::uuid`;
}

/** How far an import is after some contacts: where the next page begins, and what of it is done. */
export interface HubspotProgress {
  total: number;
  after: string | null;
  behind: string | null;
  doneIds: readonly string[];
}

/**
 * The query that keeps what became of contacts behind those that were processed before; answers no row when another
 * run has processed them meanwhile.
 */
export function contactsImported(
  { id, processed_rows, errors: known }: StoredHubspotImport,
  { created, updated, skipped, failed, errors: found }: BatchDone,
  { total, after, behind, doneIds }: HubspotProgress,
): Sql {
  return sql`with job as (
      update crm.import_jobs set status = 'processing',
        started_at = coalesce(started_at, now()), waits_until = null, total_rows = ${total}::int,
        processed_rows = processed_rows + ${created + updated + skipped + failed}::int,
        created_rows = created_rows + ${created}::int, updated_rows = updated_rows + ${updated}::int,
        skipped_rows = skipped_rows + ${skipped}::int, failed_rows = failed_rows + ${failed}::int,
        errors = errors || ${keptErrors(found, known)}::jsonb
      where id = ${id}::uuid and processed_rows = ${processed_rows}::int
        and status in ('pending', 'processing')
      returning id, processed_rows, jsonb_array_length(errors) as errors
    ), cursor as (
      update crm.hubspot_imports h set after = ${after}, behind = ${behind}, done_ids = ${doneIds}::text[]
      from job where h.id = job.id
    )
    select processed_rows, errors from job`;
}

/** The query that ends an import that cannot go on. */
export function hubspotImportFailed(
  { id, processed_rows, errors: known }: StoredHubspotImport,
  message: string,
): Sql {
  const error: RowError = { row: processed_rows + 1, field: null, message, hubspot_id: null };
  return sql`update crm.import_jobs set status = 'failed', finished_at = now(), waits_until = null,
      started_at = coalesce(started_at, now()), errors = errors || ${
    keptErrors([error], known)
  }::jsonb
    where id = ${id}::uuid and status in ('pending', 'processing')`;
}
