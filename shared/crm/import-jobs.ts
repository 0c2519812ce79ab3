import { stringify } from "lossless-json";
import * as z from "zod";
import { type Sql, sql } from "../db/sql.ts";
import * as column from "./column.ts";
import { STATUSES } from "./exports.ts";
import { type Resource, resource } from "./resource.ts";
import type { Fields } from "./plan.ts";
import * as answer from "./values/record-schema.ts";

/** What is imported, or made, by a job that people follow. */
export const IMPORT_TYPES = ["lead_import", "hubspot_import", "enrichment", "ai_email"] as const;

/** What is wrong with a row; with no field of it in particular with null. */
export interface RowError {
  row: number;
  field: string | null;
  message: string;
  /** The contact of HubSpot that the row is; none of no contact in particular. */
  hubspot_id?: string | null;
}

/** The most errors that are kept of an import. */
const MOST_ERRORS = 1_000;

const count = column.readOnly(z.int().min(0));
const errors = z.array(
  z.object({
    row: z.int().min(1),
    field: z.string().nullable(),
    message: z.string(),
    hubspot_id: z.string().nullable().optional(),
  }),
);

/** Imports, with how far they are. */
export const importJobs: Resource = resource({
  record: "import_job",
  name: "import_jobs",
  table: "crm.import_jobs",
  columns: {
    id: column.id,
    type: column.readOnly(z.enum(IMPORT_TYPES)),
    status: column.readOnly(z.enum(STATUSES)),
    file_name: column.readOnly(answer.text),
    total_rows: count,
    processed_rows: count,
    created_rows: count,
    updated_rows: count,
    skipped_rows: count,
    failed_rows: count,
    errors: column.readOnly(errors),
    created_by: column.readOnly(answer.link),
    created_at: column.time,
    waits_until: column.readOnly(answer.timestamp.nullable()),
    started_at: column.readOnly(answer.timestamp.nullable()),
    finished_at: column.readOnly(answer.timestamp.nullable()),
  },
  sorts: {
    created_at: { column: "created_at", type: "timestamptz" },
    number: { column: "number", type: "bigint", unique: true },
  },
});

/** How the rows of a file become leads. */
export interface ImportOptions {
  /** The field that each column is; null of one that is left out. */
  columns: readonly (string | null)[];
  /** What every lead is given besides; the user by number. */
  tags: readonly string[];
  assigned_to: number | null;
  /** What app.capture_lead does with a lead that is there. */
  on_existing: "refuse" | "merge" | "duplicate";
}

/** An import that is to begin: its rows are stored. */
export interface BegunImport {
  fileName: string;
  userId: string;
  options: ImportOptions;
  rows: number;
  bytesId: string;
}

/** The query that makes an import of leads, and answers its `id`. */
export function importCreation(
  { fileName, userId, options, rows, bytesId }: BegunImport,
): Sql {
  return sql`insert into crm.import_jobs (type, file_name, created_by, options, total_rows, bytes_id)
    select 'lead_import', ${fileName}, ${userId}::uuid, ${stringify(options)}::jsonb, ${rows}::int,
      ${bytesId}::uuid
    where app.keep_bytes(${bytesId}::uuid) is not null returning id`;
}

/** The query that enqueues the job that goes on with an import, by its id; before those that score leads. */
export function nextBatches(id: Sql, due: Sql = sql`now()`): Sql {
  return sql`select app.enqueue_job('leads.import', jsonb_build_object('import_id', ${id}::uuid),
    ${due}, 1)`;
}

/** SQL that is true of imports that go on: what failed meanwhile stays so. */
const UNFINISHED = sql`status in ('pending', 'processing')`;
const NEXT_DAY = sql`date_trunc('day', now(), 'UTC') + interval '1 day'`;

/** The query that has an import wait until contacts may be made again: next day, or once more are allowed. */
export function importPutOff(id: string, next: typeof nextBatches = nextBatches): Sql {
  const due = sql`least(waiting.waits_until, now() + interval '15 minutes')`;
  return sql`with waiting as (
      update crm.import_jobs set waits_until = ${NEXT_DAY}, status = 'processing',
        started_at = coalesce(started_at, now())
      where id = ${id}::uuid and ${UNFINISHED} returning id, waits_until
    )
    select (${next(sql`waiting.id`, due)}) from waiting`;
}

/** An import that a job goes on with. */
export interface StoredImport<Options = ImportOptions> {
  id: string;
  status: (typeof STATUSES)[number];
  options: Options;
  processed_rows: number;
  errors: number;
  bytes_id: string | null;
  /** Who began it; null when they are gone or inactive. */
  user_id: string | null;
  role: string | null;
}

/** The query of an import as a job needs it: a `StoredImport`, if it is still there. */
export function storedImport(id: string): Sql {
  return sql`select i.id, i.status, i.options, i.processed_rows, i.bytes_id,
      jsonb_array_length(i.errors) as errors, u.id as user_id,
      case when u.is_rep then 'rep' else u.role end as role
    from crm.import_jobs i left join crm.users u on u.id = i.created_by and u.status <> 'inactive'
    where i.id = ${id}::uuid`;
}

/** What became of rows. */
export interface BatchDone {
  created: number;
  updated: number;
  skipped: number;
  failed: number;
  errors: readonly RowError[];
}

/** Those of errors that are kept beside so many, as JSON. */
export function keptErrors(found: readonly RowError[], known: number): string {
  return JSON.stringify(found.slice(0, Math.max(0, MOST_ERRORS - known)));
}

/**
 * The query that keeps what became of the rows behind those that were processed before; answers no row when
 * another run has processed them meanwhile.
 */
export function batchProcessed(
  { id, processed_rows, errors: known }: Pick<StoredImport, "id" | "processed_rows" | "errors">,
  { created, updated, skipped, failed, errors: found }: BatchDone,
): Sql {
  return sql`update crm.import_jobs set status = 'processing',
      started_at = coalesce(started_at, now()), waits_until = null,
      processed_rows = processed_rows + ${created + updated + skipped + failed}::int,
      created_rows = created_rows + ${created}::int, updated_rows = updated_rows + ${updated}::int,
      skipped_rows = skipped_rows + ${skipped}::int, failed_rows = failed_rows + ${failed}::int,
      errors = errors || ${keptErrors(found, known)}::jsonb
    where id = ${id}::uuid and processed_rows = ${processed_rows}::int and status <> 'failed'
    returning processed_rows, jsonb_array_length(errors) as errors`;
}

/** The query that ends an import. */
export function importCompleted(id: string): Sql {
  return sql`update crm.import_jobs set status = 'completed', finished_at = now(),
    bytes_id = null, waits_until = null, started_at = coalesce(started_at, now())
    where id = ${id}::uuid and ${UNFINISHED}`;
}

/**
 * The query that makes leads of rows (SQL: app.import_leads): what became of each, in their order, up to the first
 * for which the day's contacts do not suffice.
 */
export function leadsImported(rows: readonly Fields[], onExisting: string): Sql {
  return sql`select outcome, code, message, rule
    from app.import_leads(${stringify(rows)}::jsonb, ${onExisting})`;
}
