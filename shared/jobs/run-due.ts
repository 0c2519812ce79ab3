import type { Database } from "../db/database.ts";
import type { Job } from "./job.ts";
import { ProcessorTime } from "./processor-time.ts";
import { takeJobs } from "./queue.ts";
import { type JobRun, runJob } from "./run-job.ts";
import { RetryLater, type Work, type WorkServices } from "./work.ts";

/** The work of each kind of job, loaded when the first one is run. */
export type Works = Readonly<Record<string, () => Promise<Work>>>;

/** Bounds of one call, inside what the host gives a request (2 s of processor time, minutes). */
export interface WorkLimits {
  /** Jobs. */
  jobs: number;
  /** Seconds in which jobs are begun. */
  seconds: number;
  /** Seconds of processor time in which jobs are begun, where the runtime tells. */
  processorSeconds: number;
  /** Jobs that run at once here, as they wait for others most of the time. */
  atOnce: number;
  /** Jobs of one workspace that run at once anywhere. */
  ofWorkspace: number;
  /** Seconds that one job may take. */
  jobSeconds: number;
}

const WORK_LIMITS: WorkLimits = {
  jobs: 100,
  seconds: 20,
  processorSeconds: 1,
  atOnce: 12,
  ofWorkspace: 4,
  jobSeconds: 45,
};

/** What a call did. */
export interface Worked {
  done: number;
  failed: number;
  /** Whether jobs may be left that are due. */
  more: boolean;
}

/** What a worker is made of. */
export interface Worker {
  database: Database;
  works: Works;
  services: WorkServices;
  /** Told of each run, with the milliseconds that it took. */
  ran(job: Job, run: JobRun, ms: number): void;
}

/** The lease outlives the run by this, so that a run that takes too long still ends as such. */
const LEASE_MARGIN = 15;
const ASK_AGAIN_MS = 1_000;
/** A job whose work is not known may be one of a version that is only just being deployed. */
const UNKNOWN: Work = {
  retryAfter: Array(10).fill(300),
  run: () => Promise.reject(new RetryLater("There is no such work in this version.")),
};

/**
 * Runs jobs that are due, within limits. Throws DatabaseUnavailable when the database is away: what was
 * begun is due again later.
 */
export function runDue(worker: Worker, limits: WorkLimits = WORK_LIMITS): Promise<Worked> {
  return new DueJobs(worker, limits).run();
}

class DueJobs {
  readonly #worker: Worker;
  readonly #limits: WorkLimits;
  readonly #running = new Set<Promise<void>>();
  readonly #spent = new ProcessorTime();
  readonly #end: number;
  readonly #worked: Worked = { done: 0, failed: 0, more: false };
  #left: number;
  /** Whether no run ended for a while. */
  #isLong = false;
  /** Why a run could not be ended. */
  #trouble: { error: unknown } | null = null;

  constructor(worker: Worker, limits: WorkLimits) {
    this.#worker = worker;
    this.#limits = limits;
    this.#left = limits.jobs;
    this.#end = performance.now() + limits.seconds * 1000;
  }

  async run(): Promise<Worked> {
    try {
      while (await this.#begin()) await this.#change();
    } finally {
      await Promise.all(this.#running);
    }
    if (this.#trouble !== null) throw this.#trouble.error;
    return this.#worked;
  }

  /** Waits until a run ends, or others' jobs may have become due beside those that take long. */
  async #change(): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const pause = new Promise<"long">((resolve) => {
      timer = setTimeout(resolve, ASK_AGAIN_MS, "long");
    });
    this.#isLong = await Promise.race([...this.#running, pause]) === "long";
    clearTimeout(timer);
  }

  /** Begins more jobs when that is worth asking for them; whether any are running. */
  async #begin(): Promise<boolean> {
    const { atOnce, ofWorkspace, jobSeconds } = this.#limits;
    const free = atOnce - this.#running.size;
    const least = this.#isLong ? 1 : atOnce / 2;
    if (this.#running.size > 0 && free < least) return true;
    this.#worked.more = this.#isSpent();
    if (this.#worked.more) return false;
    const jobs = await takeJobs(this.#worker.database, {
      most: Math.min(free, this.#left),
      each: ofWorkspace,
      lease: Math.ceil(jobSeconds) + LEASE_MARGIN,
    });
    this.#left -= jobs.length;
    for (const job of jobs) {
      const run: Promise<void> = this.#one(job).finally(() => this.#running.delete(run));
      this.#running.add(run);
    }
    return this.#running.size > 0;
  }

  #isSpent(): boolean {
    return this.#left <= 0 || this.#trouble !== null || performance.now() >= this.#end ||
      this.#spent.seconds >= this.#limits.processorSeconds;
  }

  async #one(job: Job): Promise<void> {
    const { database, services, ran } = this.#worker;
    const start = performance.now();
    try {
      const run = await runJob(
        database,
        job,
        await this.#work(job),
        services,
        this.#limits.jobSeconds,
      );
      if (run.outcome === "done") this.#worked.done++;
      else this.#worked.failed++;
      ran(job, run, performance.now() - start);
    } catch (error) {
      this.#trouble ??= { error };
    }
  }

  async #work({ kind }: Job): Promise<Work> {
    const { works } = this.#worker;
    const load = Object.hasOwn(works, kind) ? works[kind] : undefined;
    if (load === undefined) return UNKNOWN;
    try {
      return await load();
    } catch (error) {
      return { ...UNKNOWN, run: () => Promise.reject(error) };
    }
  }
}
