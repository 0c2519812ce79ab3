import type { LioPage } from "../../api.ts";

/** A job that waits, runs or failed, as the native API answers it. */
export interface Job {
  id: string;
  kind: string;
  status: "waiting" | "running" | "dead";
  attempts: number;
  run_at: string;
  last_error: string | null;
  created_at: string;
  updated_at: string;
}

/** The kinds of jobs that the API does not run again once dead: what each was for is told as failed. */
export const BEGUN_ANEW: readonly string[] = [
  "leads.import",
  "exports.write",
  "leads.enrich",
  "drafts.write",
  "hubspot.import",
];

/** How an import or an export stands. */
export type WorkStatus = "pending" | "processing" | "completed" | "failed";

/** An import, as LIO answers it. */
export interface ImportJob {
  id: number;
  type: string;
  status: WorkStatus;
  file_name: string | null;
  total_rows: number;
  processed_rows: number;
  created_rows: number;
  updated_rows: number;
  skipped_rows: number;
  failed_rows: number;
  errors: readonly { row: number; field: string | null; message: string }[];
  created_at: string;
  waits_until: string | null;
  finished_at: string | null;
}

/** An export, as LIO answers it. */
export interface Export {
  id: number;
  export_type: string;
  status: WorkStatus;
  file_name: string;
  row_count: number;
  created_at: string;
  finished_at: string | null;
  expires_at: string | null;
}

/** Whether any of what is listed goes on. */
export function goesOn(page: LioPage<{ status: WorkStatus }> | undefined): boolean {
  return page?.data.some(({ status }) => status === "pending" || status === "processing") ?? false;
}
