import { isPostgresError, LEASE_LOST } from "../db/errors.ts";
import type { Database } from "../db/database.ts";
import { type Acting, Workspace } from "../db/workspace.ts";
import { describeFailure } from "./failure.ts";
import type { Job } from "./job.ts";
import { endJob, failJob, finish } from "./queue.ts";
import { GiveUp, RetryLater, type Work, type WorkContext, type WorkServices } from "./work.ts";

/** What became of a run: `lost` when another run has the job by now. */
export type JobOutcome = "done" | "retry" | "dead" | "lost";

/** A run that is over. */
export interface JobRun {
  outcome: JobOutcome;
  /** What it threw. */
  error?: unknown;
}

/** Runs whose process went away count as attempts, so that none can be tried for ever. */
const MOST_LOST = 5;

/**
 * Runs a job for at most so many seconds, and ends it. Throws DatabaseUnavailable when the database is
 * away then: the job is due again when its lease is over.
 */
export async function runJob(
  database: Database,
  job: Job,
  work: Work,
  services: WorkServices,
  seconds: number,
): Promise<JobRun> {
  const abort = new AbortController();
  const context = contextOf(database, job, services, abort.signal);
  const timer = setTimeout(() => abort.abort(tooLong(seconds)), seconds * 1000);
  try {
    requireAttemptsLeft(job, work);
    await Promise.race([work.run(job, context), aborted(abort.signal)]);
    await endJob(context.workspace, job);
    return { outcome: "done" };
  } catch (error) {
    return { outcome: await fail(context.workspace, job, work, error), error };
  } finally {
    clearTimeout(timer);
  }
}

function contextOf(
  database: Database,
  job: Job,
  { secrets, publicUrl, env }: WorkServices,
  signal: AbortSignal,
): WorkContext {
  const acting = (actor: Acting["actor"], more: Pick<Acting, "cause" | "userRole"> = {}) =>
    new Workspace(database, {
      workspaceId: job.workspaceId,
      actor,
      scopes: [],
      requestId: job.id,
      ...more,
    });
  return {
    workspace: acting({ kind: "job", id: job.id }),
    as: (actor, cause) => acting(actor, cause === undefined ? {} : { cause }),
    asUser: (id, userRole) => acting({ kind: "user", id }, { userRole }),
    done: finish(job),
    signal,
    secrets: () => secrets(),
    publicUrl,
    env,
  };
}

function requireAttemptsLeft({ attempt }: Job, { retryAfter }: Work): void {
  if (attempt <= retryAfter.length + 1 + MOST_LOST) return;
  throw new GiveUp("Its runs began and never ended.");
}

function tooLong(seconds: number): RetryLater {
  return new RetryLater(`The run took longer than ${seconds} s.`);
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

async function fail(
  workspace: Workspace,
  job: Job,
  { retryAfter }: Work,
  error: unknown,
): Promise<JobOutcome> {
  if (isLost(error)) return "lost";
  const wait = error instanceof GiveUp ? undefined : retryAfter[job.attempt - 1];
  const own = error instanceof RetryLater ? error.seconds : undefined;
  const retryIn = wait === undefined ? null : Math.ceil(own ?? wait);
  try {
    await failJob(workspace, job, describeFailure(error), retryIn);
  } catch (failure) {
    if (isLost(failure)) return "lost";
    throw failure;
  }
  return retryIn === null ? "dead" : "retry";
}

function isLost(error: unknown): boolean {
  return isPostgresError(error) && error.code === LEASE_LOST;
}
