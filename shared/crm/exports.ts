import { stringify } from "lossless-json";
import * as z from "zod";
import { type Sql, sql } from "../db/sql.ts";
import * as column from "./column.ts";
import type { Fields } from "./plan.ts";
import { type Resource, resource } from "./resource.ts";
import * as answer from "./values/record-schema.ts";

/** What can be exported: clients are companies with a deal that was won. */
export const EXPORT_TYPES = ["leads", "companies", "contacts", "clients"] as const;

export type ExportType = (typeof EXPORT_TYPES)[number];

/** How work stands that a job does, piece by piece. */
export const STATUSES = ["pending", "processing", "completed", "failed"] as const;

/** Records written out as CSV, for who asked for them. */
export const exports: Resource = resource({
  record: "export",
  name: "exports",
  table: "crm.exports",
  columns: {
    id: column.id,
    export_type: column.readOnly(z.enum(EXPORT_TYPES)),
    status: column.readOnly(z.enum(STATUSES)),
    row_count: column.readOnly(z.int().min(0)),
    created_by: column.readOnly(answer.link),
    created_at: column.time,
    finished_at: column.readOnly(answer.timestamp.nullable()),
    expires_at: column.readOnly(answer.timestamp.nullable()),
  },
  sorts: {
    created_at: { column: "created_at", type: "timestamptz" },
    number: { column: "number", type: "bigint", unique: true },
  },
});

/** What is to be exported, for whom. */
export interface AskedExport {
  type: ExportType;
  /** Parameters of the list. */
  filters: Fields;
  userId: string;
}

/** The query that makes an export, and answers its `id`. */
export function exportCreation({ type, filters, userId }: AskedExport): Sql {
  return sql`insert into crm.exports (export_type, filters, created_by, looked_at)
    values (${type}, ${stringify(filters)}::jsonb, ${userId},
      case when ${type}::text = 'leads' then 0 end) returning id`;
}

/** The query that enqueues the next piece of an export, by its id. */
export function nextPiece(id: Sql): Sql {
  return sql`select app.enqueue_job('exports.write', jsonb_build_object('export_id', ${id}::uuid))`;
}

/** An export that a job goes on with. */
export interface StoredExport {
  id: string;
  export_type: ExportType;
  filters: Record<string, unknown>;
  status: (typeof STATUSES)[number];
  custom_keys: readonly string[];
  /** Numbers. */
  looked_at: string | null;
  written: string;
  row_count: number;
  /** The file, its pieces and their bytes so far. */
  bytes_id: string | null;
  pieces: number;
  size: string;
  created_at: string;
  /** Who asked for it; null when they are gone or inactive. */
  user_id: string | null;
  user_number: number | null;
  email: string | null;
  role: string | null;
}

/** The query of an export as a job needs it: a `StoredExport`, if it is still there. */
export function storedExport(id: string): Sql {
  return sql`select e.id, e.export_type, e.filters, e.status, e.custom_keys,
      e.looked_at::text as looked_at, e.written::text as written, e.row_count,
      e.bytes_id, e.pieces, e.size::text as size,
      to_char(e.created_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as created_at,
      u.id as user_id, u.number::int as user_number, u.email,
      case when u.is_rep then 'rep' else u.role end as role
    from crm.exports e left join crm.users u on u.id = e.created_by and u.status <> 'inactive'
    where e.id = ${id}::uuid`;
}

/** The query that keeps how far the custom fields of an export were looked for; all with null. */
export function keysFound(id: string, keys: readonly string[], last: string | null): Sql {
  return sql`update crm.exports set status = 'processing', looked_at = ${last}::bigint,
      custom_keys = array(select distinct unnest(custom_keys || ${keys}::text[]) order by 1)
    where id = ${id}`;
}

/** How far an export was written: the file, its pieces and bytes, its rows, and the last record's number. */
export interface Written {
  bytesId: string;
  pieces: number;
  size: number;
  rows: number;
  last: string;
}

/** The query that keeps how far an export was written. */
export function writtenUntil(id: string, { bytesId, pieces, size, rows, last }: Written): Sql {
  return sql`update crm.exports set status = 'processing', bytes_id = ${bytesId}::uuid,
      pieces = ${pieces}, size = ${size}, row_count = ${rows}, written = ${last}::bigint
    where id = ${id}`;
}

/** The query that ends an export that was written. */
export function exportCompleted(id: string): Sql {
  return sql`update crm.exports set status = 'completed', finished_at = now(),
    expires_at = now() + interval '7 days' where id = ${id}`;
}
