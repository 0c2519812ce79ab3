import type { Database } from "../../shared/db/database.ts";
import type { Statement } from "../../shared/db/wire/pipeline.ts";
import type { Job } from "../../shared/jobs/job.ts";
import type { WorkLimits } from "../../shared/jobs/run-due.ts";
import { takeJobs, type Taking } from "../../shared/jobs/queue.ts";
import { claimsOf } from "./as-role.ts";
import { asOwner } from "./workspace.ts";

/** The limits of a call as they are, except that a slow machine gets as much done as any other. */
export const AMPLE_TIME: WorkLimits = {
  jobs: 100,
  seconds: 120,
  processorSeconds: 120,
  atOnce: 12,
  ofWorkspace: 4,
  jobSeconds: 45,
};

/** A job as it is stored. */
export interface StoredJob extends Record<string, unknown> {
  id: string;
  kind: string;
  payload: Record<string, unknown>;
  status: "waiting" | "running" | "dead";
  attempts: number;
  last_error: string | null;
  /** Seconds until it is due. */
  due_in: number;
  /** Seconds from its last change until it is due. */
  due_after: number;
}

/** Writes jobs as a workspace; answers their ids. */
export async function enqueued(
  database: Database,
  workspaceId: string,
  ...statements: Statement[]
): Promise<string[]> {
  const answers = await database.write(claimsOf(workspaceId), statements);
  return answers.map(([row]) => String(row?.id));
}

/** Begins jobs, generously unless told otherwise. */
export function taken(database: Database, how: Partial<Taking> = {}): Promise<Job[]> {
  return takeJobs(database, { most: 100, each: 100, lease: 60, ...how });
}

/** The jobs of a workspace, in the order in which they were made, but for those that score its leads. */
export function jobsOf(workspaceId: string): Promise<StoredJob[]> {
  const text = `select id, kind, payload, status, attempts, last_error,
      extract(epoch from run_at - now())::float8 as due_in,
      extract(epoch from run_at - updated_at)::float8 as due_after
    from crm.jobs where workspace_id = $1 and kind <> 'leads.score' order by id`;
  return asOwner<StoredJob>(text, [workspaceId]);
}

/** Ends the leases of all jobs that run, as if their process had gone a while ago. */
export async function endLeases(): Promise<void> {
  await asOwner(
    "update crm.jobs set lease_until = now() - interval '1 s' where status = 'running'",
  );
}

/** Removes all jobs, so that a test takes its own only. */
export async function noJobs(): Promise<void> {
  await asOwner("delete from crm.jobs");
}
