import { type JOB_STATUSES, notRetried, TOLD_AS_FAILED } from "../../../shared/crm/jobs.ts";
import { type Database, utc } from "./database.ts";
import { quoted, Refusal } from "./refusal.ts";
import { unknownWorkspace } from "./workspaces.ts";

export type JobStatus = (typeof JOB_STATUSES)[number];

/** A job; times are RFC 3339 in UTC. */
export interface Job extends Record<string, unknown> {
  id: string;
  /** The workspace's slug. */
  workspace: string;
  kind: string;
  status: JobStatus;
  priority: number;
  attempts: number;
  run_at: string;
  lease_until: string | null;
  last_error: string | null;
  created_at: string;
  updated_at: string;
}

/** Which jobs are meant. */
export interface JobFilter {
  workspace?: string | undefined;
  status?: JobStatus | undefined;
  kind?: string | undefined;
}

const COLUMNS = `j.id, w.slug as workspace, j.kind, j.status, j.priority, j.attempts,
  ${utc("j.run_at")} as run_at, ${utc("j.lease_until")} as lease_until, j.last_error,
  ${utc("j.created_at")} as created_at, ${utc("j.updated_at")} as updated_at`;
const JOBS = "crm.jobs j join crm.workspaces w on w.id = j.workspace_id";

/** The newest jobs, at most so many, with what is kept of each but its payload. */
export async function listJobs(
  database: Database,
  { workspace, status, kind }: JobFilter,
  most: number,
): Promise<Job[]> {
  const id = workspace === undefined ? null : await workspaceId(database, workspace);
  const { rows } = await database.query<Job>(
    `select ${COLUMNS} from ${JOBS}
      where ($1::uuid is null or j.workspace_id = $1) and ($2::text is null or j.status = $2)
        and ($3::text is null or j.kind = $3)
      order by j.id desc limit $4`,
    [id, status ?? null, kind ?? null, most],
  );
  return rows;
}

/** A job with its payload. */
export async function findJob(
  database: Database,
  id: string,
): Promise<Job & { payload: Record<string, unknown> }> {
  const text = `select ${COLUMNS}, j.payload from ${JOBS} where j.id = $1`;
  const { rows } = await database.query<Job & { payload: Record<string, unknown> }>(text, [id]);
  if (rows[0]) return rows[0];
  throw new Refusal(
    "not_found",
    `There is no job ${quoted(id)}: it has succeeded, or see \`npm run admin -- jobs list\`.`,
  );
}

/** Lets a dead job run again, with all its attempts; answers it as it is then. */
export async function retryJob(database: Database, id: string): Promise<Job> {
  const { payload: _, ...job } = await findJob(database, id);
  const why = job.status === "dead" ? notRetried(job.kind) : undefined;
  if (why !== undefined) throw new Refusal("conflict", why);
  const { rows } = await database.query<{ done: boolean; now: string }>(
    `select app.retry_job(id, workspace_id) as done, ${utc("now()")} as now
      from crm.jobs where id = $1`,
    [id],
  );
  // A worker may have it by now, so it is not read again.
  const { done = false, now = "" } = rows[0] ?? {};
  if (done) return { ...job, status: "waiting", attempts: 0, run_at: now, updated_at: now };
  const what = job.status === "running" ? "is running" : "waits for its turn already";
  throw new Refusal("conflict", `The job ${quoted(id)} ${what}: only a dead one can be retried.`);
}

/**
 * Lets dead jobs of a workspace run again, or those of one kind, but for those told as failed; answers how many.
 * Throws Refusal for a kind that is told as failed.
 */
export async function retryDeadJobs(
  database: Database,
  workspace: string,
  kind?: string,
): Promise<number> {
  const why = kind === undefined ? undefined : notRetried(kind);
  if (why !== undefined) throw new Refusal("conflict", why);
  const { rows } = await database.query<{ retried: number }>(
    `select count(*) filter (where app.retry_job(id, workspace_id))::int as retried from crm.jobs
      where workspace_id = $1 and status = 'dead' and ($2::text is null or kind = $2)
        and kind <> all ($3::text[])`,
    [await workspaceId(database, workspace), kind ?? null, TOLD_AS_FAILED],
  );
  return rows[0]?.retried ?? 0;
}

async function workspaceId(database: Database, slug: string): Promise<string> {
  const text = "select id from crm.workspaces where slug = $1";
  const { rows } = await database.query<{ id: string }>(text, [slug]);
  if (rows[0]) return rows[0].id;
  throw unknownWorkspace(slug);
}
