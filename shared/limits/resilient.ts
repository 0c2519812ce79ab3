import { Leases } from "./leases.ts";
import {
  allowed,
  type Clock,
  type Limit,
  type RateLimiter,
  type RateWindow,
  type Store,
  type Successor,
} from "./rate-limiter.ts";
import { StoreClock } from "./store-clock.ts";
import { exhaustedWindows } from "./exhausted-windows.ts";
import { oncePerMinute, reasonOf } from "./trouble.ts";

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
  local(limit: Limit): RateWindow | null;
  /** The refusal this isolate already knows of, or null. Asks no store and counts nothing. */
  refusal(limit: Limit): RateWindow | null;
  /** Whether this isolate may know of any refusal. */
  refusesAny(): boolean;
  /** How many requests a caller is to ask the store for itself, as in a pipeline; 0 for none. */
  due(limit: Limit): number;
  /** Like `take`, for so many requests that the caller asked the store for itself, these milliseconds ago. */
  settle(
    limit: Limit,
    asked: Promise<RateWindow>,
    amount: number,
    ago: number,
  ): Promise<RateWindow>;
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
    local: (limit) => answering.local(limit),
    refusal: (limit) => answering.refusal(limit),
    refusesAny: () => answering.refusesAny(),
    due: (limit) => answering.due(limit),
    settle: (limit, asked, amount, ago) => answering.settle(limit, asked, amount, ago),
    take: (limit) => answering.take(limit),
    now: answering.now,
  };
}

class Resilient implements ResilientRateLimiter {
  readonly #store: Store;
  readonly #fallback: Successor;
  readonly #leases: Leases;
  readonly #exhausted: ReturnType<typeof exhaustedWindows>;
  readonly #clock: StoreClock;
  readonly #now: Clock;
  readonly #timeoutMs: number;
  readonly #pauseMs: number;
  readonly #reportTrouble: (reason: string) => void;
  /** Subjects for which more than one request is being counted. */
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
    this.#exhausted = exhaustedWindows(this.#now);
    this.#timeoutMs = timeoutMs;
    this.#pauseMs = pauseMs;
    this.#reportTrouble = oncePerMinute(onTrouble, this.#now);
  }

  get now(): Clock {
    return this.#clock.now;
  }

  local(limit: Limit): RateWindow | null {
    return this.#leases.use(limit) ?? this.#exhausted.refusal(limit);
  }

  refusal(limit: Limit): RateWindow | null {
    return this.#leases.has(limit) ? null : this.#exhausted.refusal(limit);
  }

  refusesAny(): boolean {
    return this.#exhausted.any();
  }

  due(limit: Limit): number {
    return this.refusal(limit) === null ? this.#leases.due(limit) : 0;
  }

  async settle(
    limit: Limit,
    asked: Promise<RateWindow>,
    amount: number,
    ago: number,
  ): Promise<RateWindow> {
    const askedAt = this.#now() - ago;
    try {
      const window = await asked;
      this.#retryAt = null;
      this.#clock.learn(window, askedAt);
      // There may be room for one, though not for all of them.
      if (amount > 1 && !allowed(window)) return this.local(limit) ?? await this.#ask(limit, 1);
      this.#exhausted.remember(limit, window, askedAt);
      this.#fallback.observe(limit, window);
      return this.#leases.take(limit, window, amount, askedAt);
    } catch (error) {
      this.#retryAt = this.#now() + this.#pauseMs;
      this.#reportTrouble(reasonOf(error));
      return await this.#fallback.take(limit);
    }
  }

  async take(limit: Limit): Promise<RateWindow> {
    for (;;) {
      const known = this.local(limit);
      if (known) return known;
      if (this.#retryAt !== null) {
        if (this.#now() < this.#retryAt) return this.#fallback.take(limit);
        this.#retryAt = this.#now() + this.#pauseMs;
      }
      const others = this.#asking.get(limit.subject);
      if (others === undefined) {
        return this.#ask(limit, this.#leases.amount(limit));
      }
      await others;
    }
  }

  #ask(limit: Limit, amount: number): Promise<RateWindow> {
    const counted = within(this.#timeoutMs, this.#store.take(limit, amount));
    const answer = this.settle(limit, counted, amount, 0);
    if (amount > 1) {
      const done = answer.finally(() => this.#asking.delete(limit.subject));
      this.#asking.set(limit.subject, done);
    }
    return answer;
  }
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
