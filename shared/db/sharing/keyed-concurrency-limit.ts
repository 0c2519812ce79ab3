import { Deadlines } from "./deadlines.ts";
import { DatabaseUnavailable } from "../errors.ts";

const LONGEST_WAIT_MS = 10_000;

/**
 * Lets each key run at most `most` works at once; the others wait their turn, at most 10 s. Keeps one
 * workspace from holding every connection.
 */
export class KeyedConcurrencyLimit {
  readonly #most: number;
  readonly #running = new Map<string, number>();
  readonly #waiting = new Map<string, (() => void)[]>();
  readonly #waits = new Deadlines(LONGEST_WAIT_MS);

  constructor(most: number) {
    this.#most = most;
  }

  /** Whether at least half of what the key may have runs. */
  isBusy(key: string): boolean {
    return (this.#running.get(key) ?? 0) * 2 >= this.#most;
  }

  /** Runs `work` in its turn. Throws DatabaseUnavailable when that does not come. */
  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    await this.#turn(key);
    try {
      return await work();
    } finally {
      this.#next(key);
    }
  }

  #turn(key: string): Promise<void> {
    const running = this.#running.get(key) ?? 0;
    if (running < this.#most) {
      this.#running.set(key, running + 1);
      return Promise.resolve();
    }
    const waiting = this.#waiting.get(key) ?? [];
    this.#waiting.set(key, waiting);
    return new Promise((resolve, reject) => {
      const turn = () => {
        this.#waits.end(watched);
        resolve();
      };
      const watched = this.#waits.watch(() => {
        waiting.splice(waiting.indexOf(turn), 1);
        reject(new DatabaseUnavailable("the workspace has too many requests under way"));
      });
      waiting.push(turn);
    });
  }

  // The one that waited longest takes the place; else it is free.
  #next(key: string): void {
    const waiting = this.#waiting.get(key);
    const turn = waiting?.shift();
    if (waiting?.length === 0) this.#waiting.delete(key);
    if (turn !== undefined) return turn();
    const running = (this.#running.get(key) ?? 1) - 1;
    if (running > 0) this.#running.set(key, running);
    else this.#running.delete(key);
  }
}
