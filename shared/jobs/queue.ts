import type { Database } from "../db/database.ts";
import type { Statement } from "../db/wire/pipeline.ts";
import { rowsOf } from "../db/wire/rows.ts";
import type { Workspace } from "../db/workspace.ts";
import type { Job } from "./job.ts";

/** How many jobs are begun at once, and for how long. */
export interface Taking {
  most: number;
  /** Running at once of one workspace, whoever runs them. */
  each: number;
  /** Seconds after which a job is due again that has not been ended. */
  lease: number;
}

interface TakenRow {
  id: string;
  workspace_id: string;
  kind: string;
  payload: Record<string, unknown>;
  attempt: number;
  lease: string;
}

/** Begins jobs that are due, of all workspaces; the caller has them alone (SQL: app.take_jobs). */
export async function takeJobs(
  database: Database,
  { most, each, lease }: Taking,
): Promise<Job[]> {
  const text = "select * from app.take_jobs($1, $2, $3)";
  const rows = await database.query({ text, values: [most, each, lease], prepared: true });
  return rowsOf<TakenRow>(rows).map((row) => ({
    id: row.id,
    workspaceId: row.workspace_id,
    kind: row.kind,
    payload: row.payload,
    attempt: row.attempt,
    lease: row.lease,
  }));
}

/** Ends a job that succeeded, in the transaction of its effects. Raises LB030 unless the run has it. */
export function finish({ id, lease }: Pick<Job, "id" | "lease">): Statement {
  return { text: "select app.finish_job($1, $2)", values: [id, lease], prepared: true };
}

/** Ends a job, unless it was ended in the transaction of its effects. */
export async function endJob(workspace: Workspace, { id, lease }: Job): Promise<void> {
  const text = "delete from crm.jobs where workspace_id = $1 and id = $2 and lease = $3";
  await workspace.write([{ text, values: [workspace.id, id, lease], prepared: true }]);
}

/** Ends a run that failed: the job is due again in so many seconds, or dead with null. */
export async function failJob(
  workspace: Workspace,
  { id, lease }: Job,
  error: string,
  retryIn: number | null,
): Promise<void> {
  // A text of PostgreSQL's holds no NUL.
  const values = [id, lease, error.replaceAll("\0", ""), retryIn];
  const text = "select app.fail_job($1, $2, $3, $4)";
  await workspace.write([{ text, values, prepared: true }]);
}
