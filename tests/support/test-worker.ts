import type { Database } from "../../shared/db/database.ts";
import type { Statement } from "../../shared/db/wire/pipeline.ts";
import { enqueue } from "../../shared/jobs/enqueue.ts";
import type { Job } from "../../shared/jobs/job.ts";
import { runDue, type Worked, type WorkLimits, type Works } from "../../shared/jobs/run-due.ts";
import type { JobOutcome, JobRun } from "../../shared/jobs/run-job.ts";
import type { Work } from "../../shared/jobs/work.ts";
import { apiDatabase } from "./as-role.ts";
import { AMPLE_TIME, enqueued } from "./jobs.ts";
import { asOwner, testWorkspace } from "./workspace.ts";

const LIMITS: WorkLimits = { ...AMPLE_TIME, atOnce: 4 };
/** What the worker of a test gives to its jobs. */
export const SERVICES = {
  secrets: () => {
    throw new Error("no test asks for secrets");
  },
  publicUrl: "https://api.lumenbase.test/functions/v1",
  env: { OUTBOUND_PRIVATE_NETWORKS: "127.0.0.0/8" },
};

/** Writes a contact, which a test finds by its phone. */
export function contact(workspaceId: string, phone: string): Statement {
  const text = "insert into crm.contacts (workspace_id, phone) values ($1, $2)";
  return { text, values: [workspaceId, phone] };
}

/** The phones of a workspace's contacts, in the order in which they were made. */
export const phonesOf = async (workspaceId: string) =>
  (await asOwner<{ phone: string }>(
    "select phone from crm.contacts where workspace_id = $1 order by id",
    [workspaceId],
  )).map(({ phone }) => phone);

/** A worker of a test, and the workspace that its jobs are of. */
export interface TestWorker {
  id: string;
  database: Database;
  /** Adds jobs; answers their ids. */
  add(count?: number, payload?: Record<string, unknown>): Promise<string[]>;
  work(limits?: Partial<WorkLimits>, at?: Database): Promise<Worked>;
  /** The runs so far, each with the milliseconds that it took. */
  runs: [Job, JobRun, number][];
  outcomes(): JobOutcome[];
}

/** A worker that knows this work of the kind `a.kind`, in a workspace of its own. */
export async function testWorker(
  run: Work["run"],
  retryAfter: readonly number[] = [60, 600],
): Promise<TestWorker> {
  const { id } = await testWorkspace();
  const database = apiDatabase();
  const works: Works = { "a.kind": () => Promise.resolve({ retryAfter, run }) };
  const runs: [Job, JobRun, number][] = [];
  const work = (limits: Partial<WorkLimits> = {}, at = database) =>
    runDue(
      { database: at, works, services: SERVICES, ran: (...told) => void runs.push(told) },
      { ...LIMITS, ...limits },
    );
  const add = (count = 1, payload = {}) =>
    enqueued(database, id, ...Array.from({ length: count }, () => enqueue("a.kind", payload)));
  const outcomes = () => runs.map(([, { outcome }]) => outcome);
  return { id, database, add, work, runs, outcomes };
}
