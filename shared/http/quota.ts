import { performance } from "node:perf_hooks";
import type { Admission, Admissions } from "../db/admission.ts";
import type { Gate } from "../db/workspace.ts";
import type { ChosenRateLimiter } from "../limits/choose.ts";
import { admitRequest, readAdmission } from "../limits/postgres.ts";
import { allowed, type RateWindow } from "../limits/rate-limiter.ts";
import { Refusal } from "../refusals/refusal.ts";
import type { CallLimit, LimitUse } from "./caller.ts";
import { secondsUntil } from "./seconds.ts";

/**
 * The limits of one request, which counts once: together with the first transaction where PostgreSQL
 * counts and there is one limit, else before it.
 */
export class Quota implements Gate {
  /** What is told of a limit, once it is known. */
  use: LimitUse | null = null;
  /** Milliseconds that the database took. */
  databaseMs = 0;
  readonly #limiter: ChosenRateLimiter;
  #limits: readonly CallLimit[] = [];

  constructor(limiter: ChosenRateLimiter) {
    this.#limiter = limiter;
  }

  set limits(limits: readonly [CallLimit, ...CallLimit[]]) {
    this.#limits = limits;
  }

  get isCounted(): boolean {
    return this.use !== null;
  }

  get isExceeded(): boolean {
    return this.use !== null && !allowed(this.use.window);
  }

  spent(milliseconds: number): void {
    this.databaseMs += milliseconds;
  }

  /** What counts the request in front of a transaction. Throws Refusal when it is known to be over. */
  readonly admissions: Admissions = () => {
    const [limit] = this.#limits;
    if (limit === undefined || this.isCounted || !this.ridesAlong) return null;
    const amount = this.#limiter.due(limit);
    if (amount > 0) return this.#admission(limit, amount);
    const local = this.#limiter.local(limit);
    if (local === null) return this.#admission(limit, 1);
    this.#admit(limit, local);
    return null;
  };

  /** Whether the request is counted by the transaction that comes first. */
  get ridesAlong(): boolean {
    const [limit, ...others] = this.#limits;
    return limit !== undefined && others.length === 0 && this.#limiter.store === "postgres";
  }

  /** Throws Refusal for a request that is over its limit. */
  async refused(): Promise<void> {
    await this.count();
  }

  /** Counts the request, unless that is done. Throws Refusal when it is over a limit. */
  async count(): Promise<void> {
    if (this.use !== null) return this.#admit(this.use.limit, this.use.window);
    for (const [index, limit] of this.#limits.entries()) {
      const window = this.#limiter.local(limit) ?? await this.#take(limit);
      // Of a limit that is shared, its users are not told what others used, unless it is used up.
      if (index === 0 || !allowed(window)) this.#admit(limit, window);
    }
  }

  /** Throws Refusal when the request is known to be over a limit. Asks nobody and counts nothing. */
  refuseKnown(): void {
    for (const limit of this.#limits) {
      const window = this.#limiter.refusal(limit);
      if (window !== null) this.#admit(limit, window);
    }
  }

  async #take(limit: CallLimit): Promise<RateWindow> {
    const start = performance.now();
    try {
      return await this.#limiter.take(limit);
    } finally {
      this.spent(performance.now() - start);
    }
  }

  #admission(limit: CallLimit, amount: number): Admission {
    return {
      ask: admitRequest(limit, amount),
      answered: async (answer, ago) => {
        let isLetIn = false;
        const window = async () => {
          const counted = readAdmission(limit, answer);
          isLetIn = allowed(counted);
          return counted;
        };
        this.use = { limit, window: await this.#limiter.settle(limit, window(), amount, ago) };
        // What the store did not count may be counted here, but the transaction did not know.
        return isLetIn;
      },
    };
  }

  #admit(limit: CallLimit, window: RateWindow): void {
    this.use = { limit, window };
    if (allowed(window)) return;
    const retry_after = secondsUntil(window.resetAt, this.#limiter.now());
    const span = limit.seconds === 60 ? "a minute" : "an hour";
    const message = `More than ${window.limit} requests in ${span}; try again in ${retry_after} s.`;
    throw new Refusal("limited", message, { limit: limit.name, retry_after });
  }
}
