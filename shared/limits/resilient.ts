import { Leases } from "./leases.ts";
import {
  allowed,
  type Clock,
  type RateLimiter,
  type RateWindow,
  type Store,
  type Successor,
  windowEnd,
} from "./rate-limiter.ts";
import { StoreClock } from "./store-clock.ts";
import { exhaustedWindows } from "./exhausted-windows.ts";

/** How to act when the store fails. */
export interface ResilientOptions {
  /** Longest wait for the store, in milliseconds. Default 1000. */
  timeoutMs?: number;
  /** How long the store is left alone after a failure, in milliseconds. Default 5000. */
  pauseMs?: number;
  /** Counts requests while the store is away, going on from its last counts. */
  fallback: Successor;
  /** Told why the store failed, at most once a minute. */
  onTrouble(reason: string): void;
  clock?: StoreClock;
}

/** A limiter that always answers, and that a caller with its own way to the store can consult. */
export interface ResilientRateLimiter extends RateLimiter {
  /** What this isolate can answer without the store: from a lease, a refusal, else null. */
  local(workspaceId: string, limit: number): RateWindow | null;
  /** The refusal this isolate already knows of, or null. Asks no store and counts nothing. */
  refusal(workspaceId: string, limit: number): RateWindow | null;
  /** Whether this isolate may know of any refusal. */
  refusesAny(): boolean;
  /** Whether the next request is to be counted by itself, which a caller may ask the store for. */
  single(workspaceId: string, limit: number): boolean;
  /** Like `take`, for a count the caller has asked the store for itself, as in a pipeline. */
  settle(workspaceId: string, limit: number, asked: Promise<RateWindow>): Promise<RateWindow>;
  /** The time by which windows end, in Unix milliseconds: the store's, once it has told. */
  now: Clock;
}

/**
 * Keeps requests flowing when the store is slow, gone or answers nonsense: none is refused for that
 * reason, each is counted by the fallback with the same limit instead, so for that time the limit
 * holds per isolate. A failed store is left alone for `pauseMs`, then tried by one request at a
 * time. A workspace that has used up its limit is refused from memory until its window ends; a busy
 * one has requests counted ahead, which stay good while the store is away.
 */
export function resilient(store: Store, options: ResilientOptions): ResilientRateLimiter {
  const answering = new Resilient(store, options);
  return {
    local: (workspaceId, limit) => answering.local(workspaceId, limit),
    refusal: (workspaceId, limit) => answering.refusal(workspaceId, limit),
    refusesAny: () => answering.refusesAny(),
    single: (workspaceId, limit) => answering.single(workspaceId, limit),
    settle: (workspaceId, limit, asked) => answering.settle(workspaceId, limit, asked),
    take: (workspaceId, limit) => answering.take(workspaceId, limit),
    now: answering.now,
  };
}

class Resilient implements ResilientRateLimiter {
  readonly #store: Store;
  readonly #fallback: Successor;
  readonly #leases: Leases;
  readonly #usedUp: ReturnType<typeof exhaustedWindows>;
  readonly #clock: StoreClock;
  readonly #now: Clock;
  readonly #timeoutMs: number;
  readonly #pauseMs: number;
  readonly #reportTrouble: (reason: string) => void;
  /** Workspaces for which more than one request is being counted. */
  readonly #asking = new Map<string, Promise<unknown>>();
  #retryAt: number | null = null;

  constructor(
    store: Store,
    { timeoutMs = 1000, pauseMs = 5000, fallback, onTrouble, clock = new StoreClock() }:
      ResilientOptions,
  ) {
    this.#store = store;
    this.#fallback = fallback;
    this.#clock = clock;
    this.#now = clock.own;
    this.#leases = new Leases(this.#now);
    this.#usedUp = exhaustedWindows(this.#now);
    this.#timeoutMs = timeoutMs;
    this.#pauseMs = pauseMs;
    this.#reportTrouble = oncePerWindow(onTrouble, this.#now);
  }

  get now(): Clock {
    return this.#clock.now;
  }

  local(workspaceId: string, limit: number): RateWindow | null {
    return this.#leases.use(workspaceId, limit) ?? this.#usedUp.refusal(workspaceId, limit);
  }

  refusal(workspaceId: string, limit: number): RateWindow | null {
    return this.#leases.has(workspaceId, limit) ? null : this.#usedUp.refusal(workspaceId, limit);
  }

  refusesAny(): boolean {
    return this.#usedUp.any();
  }

  single(workspaceId: string, limit: number): boolean {
    return !this.#asking.has(workspaceId) && this.#leases.amount(workspaceId, limit) === 1;
  }

  async settle(
    workspaceId: string,
    limit: number,
    asked: Promise<RateWindow>,
    amount = 1,
    askedAt = this.#now(),
  ): Promise<RateWindow> {
    try {
      const window = await within(this.#timeoutMs, asked);
      this.#retryAt = null;
      this.#clock.learn(window, askedAt);
      // There may be room for one, though not for all of them.
      if (amount > 1 && !allowed(window)) return await this.#ask(workspaceId, limit, 1);
      this.#usedUp.remember(workspaceId, window, askedAt);
      this.#fallback.observe(workspaceId, window);
      return this.#leases.take(workspaceId, window, amount, askedAt);
    } catch (error) {
      this.#retryAt = this.#now() + this.#pauseMs;
      this.#reportTrouble(reasonOf(error));
      return await this.#fallback.take(workspaceId, limit);
    }
  }

  async take(workspaceId: string, limit: number): Promise<RateWindow> {
    for (;;) {
      const known = this.local(workspaceId, limit);
      if (known) return known;
      if (this.#retryAt !== null) {
        if (this.#now() < this.#retryAt) return this.#fallback.take(workspaceId, limit);
        this.#retryAt = this.#now() + this.#pauseMs;
      }
      const others = this.#asking.get(workspaceId);
      if (others === undefined) {
        return this.#ask(workspaceId, limit, this.#leases.amount(workspaceId, limit));
      }
      await others;
    }
  }

  #ask(workspaceId: string, limit: number, amount: number): Promise<RateWindow> {
    const counted = this.#store.take(workspaceId, limit, amount);
    const answer = this.settle(workspaceId, limit, counted, amount);
    if (amount > 1) {
      const done = answer.finally(() => this.#asking.delete(workspaceId));
      this.#asking.set(workspaceId, done);
    }
    return answer;
  }
}

function oncePerWindow(report: (reason: string) => void, now: Clock): (reason: string) => void {
  let reportedIn = 0;
  return (reason) => {
    const window = windowEnd(now());
    if (window === reportedIn) return;
    reportedIn = window;
    report(reason);
  };
}

async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`the rate limit store did not answer within ${milliseconds} ms`)),
      milliseconds,
    );
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** One line: errors of stores may carry whole scripts, and `fetch` hides the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : "";
  return `${error.message}${cause}`.split("\n", 1)[0]?.slice(0, 200) ?? "";
}
