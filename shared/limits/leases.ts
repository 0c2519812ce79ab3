import { BoundedMap } from "../memory/bounded-map.ts";
import type { Clock, Limit, RateWindow } from "./rate-limiter.ts";

const MAX_SUBJECTS = 10_000;
const SHARE_OF_LIMIT = 100;
const MOST_AT_ONCE = 100;
/** How long an answer is waited for before more are asked for again. */
const PATIENCE_MS = 1000;

interface Lease {
  limit: number;
  resetAt: number;
  /** Counted in the store when it was last asked. */
  used: number;
  /** Counted there for this isolate and not used yet. */
  left: number;
  /** Requests of this isolate in the window. */
  own: number;
  /** The highest count that was answered. */
  shown: number;
  /** When the window ends, in Unix milliseconds by this isolate's clock. */
  until: number;
  /** Until when more are on their way, by the same clock. */
  askingUntil: number;
}

/**
 * Requests that the store has counted ahead for this isolate. As they are counted first, the limit is
 * never exceeded; what an isolate does not use is lost to the others. It takes at most as many as it
 * has had in the window, a hundredth of the limit, a hundred, and a quarter of what was left: none
 * ahead with a limit below 200.
 */
export class Leases {
  readonly #now: Clock;
  readonly #leases = new BoundedMap<string, Lease>(MAX_SUBJECTS);

  constructor(now: Clock) {
    this.#now = now;
  }

  /** Uses a request that was counted ahead; null when there is none. */
  use(limit: Limit): RateWindow | null {
    const lease = this.#current(limit);
    if (lease === null || lease.left === 0) return null;
    lease.left--;
    return shown(lease, lease.used - lease.left);
  }

  /** Whether one that was counted ahead is left. */
  has(limit: Limit): boolean {
    return (this.#current(limit)?.left ?? 0) > 0;
  }

  /**
   * How many requests to have counted in a round trip that is made anyway, this one included; 0 while
   * enough are left. More are asked for before those left are used up, by one request at a time.
   */
  due(limit: Limit): number {
    const lease = this.#current(limit);
    if (lease === null) return 1;
    const amount = this.amount(limit);
    if (lease.left > amount / 4) return 0;
    if (amount === 1 || this.#now() < lease.askingUntil) return lease.left > 0 ? 0 : 1;
    lease.askingUntil = this.#now() + PATIENCE_MS;
    return amount;
  }

  /** How many requests to have counted at once. */
  amount({ subject, limit, seconds }: Limit): number {
    const lease = this.#current({ subject, limit, seconds });
    if (lease === null) return 1;
    const share = Math.floor(limit / SHARE_OF_LIMIT);
    const quarter = Math.floor((limit - lease.used) / 4);
    return Math.max(1, Math.min(lease.own, share, MOST_AT_ONCE, quarter));
  }

  /**
   * Takes what the store answered to this many requests counted at once, when it was asked at the
   * given Unix milliseconds. Answers the first that is left, or the refusal.
   */
  take(asked: Limit, window: RateWindow, amount: number, askedAt: number): RateWindow {
    const { limit, used, resetAt, endsIn } = window;
    if (used > limit) return { limit, used, resetAt };
    const until = endsIn === undefined ? resetAt * 1000 : askedAt + endsIn;
    const known = this.#current(asked);
    const lease = known?.resetAt === resetAt
      ? known
      : { limit, resetAt, used, left: 0, own: 0, shown: 0, until, askingUntil: 0 };
    lease.used = Math.max(lease.used, used);
    lease.left += amount - 1;
    if (amount > 1) lease.askingUntil = 0;
    lease.until = Math.min(lease.until, until);
    this.#leases.set(asked.subject, lease);
    return shown(lease, lease.used - lease.left);
  }

  #current({ subject, limit }: Limit): Lease | null {
    const lease = this.#leases.get(subject);
    return lease?.limit === limit && this.#now() < lease.until ? lease : null;
  }
}

// Answers may overtake each other; what remains must never seem to grow.
function shown(lease: Lease, used: number): RateWindow {
  lease.own++;
  lease.shown = Math.max(lease.shown, used);
  return { limit: lease.limit, used: lease.shown, resetAt: lease.resetAt };
}
