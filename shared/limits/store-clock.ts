import { performance } from "node:perf_hooks";
import type { Clock, RateWindow } from "./rate-limiter.ts";

const start = Date.now() - performance.now();

/** This process's time, in Unix milliseconds; setting the machine's clock does not change it. */
const steady: Clock = () => start + performance.now();

/** The time of the store that counts, which decides when its windows end, as far as it is known. */
export class StoreClock {
  #ahead = 0;

  /** Until the store has told its time, it is taken to be this process's own. */
  constructor(readonly own: Clock = steady) {}

  /** The store's time, in Unix milliseconds. */
  readonly now: Clock = () => this.own() + this.#ahead;

  /** Learns from a window when the store's clock stands, which was asked at this `own` time. */
  learn({ resetAt, endsIn }: RateWindow, askedAt: number): void {
    if (endsIn !== undefined) this.#ahead = resetAt * 1000 - endsIn - askedAt;
  }
}
