import type { SecretBox } from "../auth/secret-box.ts";
import type { Actor } from "../db/claims.ts";
import type { Workspace } from "../db/workspace.ts";
import type { Statement } from "../db/wire/pipeline.ts";
import type { Job } from "./job.ts";

/** What a run of a job may use. */
export interface WorkContext {
  /** The job's workspace, in which the job itself acts. */
  workspace: Workspace;
  /** The same workspace for another actor, because of an event given by its sequence number. */
  as(actor: Actor, cause?: number): Workspace;
  /**
   * Ends the job. In the transaction of its effects, all of them happen together, and only while this
   * run has the job: else it raises LB030, which nobody need catch.
   */
  done: Statement;
  /** Reads and makes encrypted secrets. Throws without `LUMENBASE_ENCRYPTION_KEY`. */
  secrets(): SecretBox;
  /** The address of the functions. */
  publicUrl: string;
  env: Readonly<Record<string, string | undefined>>;
}

/**
 * What a job of one kind does. A run may be repeated, also one that succeeded, so what it does without
 * `done` in the same transaction must bear that.
 */
export interface Work {
  /**
   * Seconds to wait before each further attempt after one that threw. After the last of them the job
   * is dead.
   */
  retryAfter: readonly number[];
  /** A job that it returns from without having sent `done` is ended for it. */
  run(job: Job, context: WorkContext): Promise<void>;
}

/** Makes a job dead at once: another attempt could not succeed. Its message is kept with the job. */
export class GiveUp extends Error {
  override name = "GiveUp";
}

/** Fails the attempt with a wait of its own choice, if any attempts are left. */
export class RetryLater extends Error {
  override name = "RetryLater";
  /** Seconds to wait instead of what `retryAfter` says. */
  readonly seconds: number | undefined;

  constructor(reason: string, seconds?: number) {
    super(reason);
    this.seconds = seconds;
  }
}
