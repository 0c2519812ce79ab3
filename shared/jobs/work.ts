import type { SecretBox } from "../auth/secret-box.ts";
import type { Actor, UserRole } from "../db/claims.ts";
import type { Workspace } from "../db/workspace.ts";
import type { Statement } from "../db/wire/pipeline.ts";
import type { Job } from "./job.ts";

/** What the process that runs jobs gives them. */
export interface WorkServices {
  /** Reads and makes encrypted secrets. Throws without `LUMENBASE_ENCRYPTION_KEY`. */
  secrets(): SecretBox;
  /** The address of the functions. */
  publicUrl: string;
  env: Readonly<Record<string, string | undefined>>;
}

/** What a run of a job may use. */
export interface WorkContext extends WorkServices {
  /** The job's workspace, in which the job itself acts. */
  workspace: Workspace;
  /** The same workspace for another actor, because of an event given by its sequence number. */
  as(actor: Actor, cause?: number): Workspace;
  /** The same workspace for a user, who sees what their role lets them. */
  asUser(id: string, userRole: UserRole): Workspace;
  /**
   * Ends the job. In the transaction of its effects, all of them happen together, and only while this
   * run has the job: else it raises LB030, which nobody need catch.
   */
  done: Statement;
  /** Aborted when the run has taken too long and no longer counts. */
  signal: AbortSignal;
}

/**
 * What a job of one kind does. A job may be run again after a run that succeeded, so whatever is not
 * in one transaction with `done` must bear that.
 */
export interface Work {
  /**
   * Seconds to wait after each attempt that threw: after the first, the second and so on. One that
   * throws without a wait left makes the job dead.
   */
  retryAfter: readonly number[];
  /** A job that it returns from without having sent `done` is ended for it. */
  run(job: Job, context: WorkContext): Promise<void>;
}

/** Makes the job dead at once, as another attempt could not succeed. Says why, without a secret. */
export class GiveUp extends Error {
  override name = "GiveUp";
}

/**
 * Ends an attempt that another one may make good. Says why, without a secret: that is kept with the
 * job, while of any other error only its kind is.
 */
export class RetryLater extends Error {
  override name = "RetryLater";
  /** How long to wait, where not as `retryAfter` says. */
  readonly seconds: number | undefined;

  constructor(reason: string, seconds?: number) {
    super(reason);
    this.seconds = seconds;
  }
}
