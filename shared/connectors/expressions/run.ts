import type { Budget } from "./budget.ts";
import { ExpressionError } from "./error.ts";
import { passTurn, sliceIsOver, takeTurn, yieldTurn } from "./turns.ts";

const MAX_COMPARISONS = 20_000;
/** Nodes whose evaluation has begun and not ended; each takes about 3 KB. */
const MAX_LIVE = 2_000;

/** One evaluation: counts what it takes and stops it, and lets other work go on meanwhile. */
export class Run {
  #comparisons = 0;
  #live = 0;
  #failure: unknown;
  #running = 0;
  #over = false;
  #pause: Promise<void> | undefined;
  #stuck: ReturnType<typeof setTimeout> | undefined;
  #stop: (error: unknown) => void = () => {};

  constructor(readonly budget: Budget) {}

  /** Does the work of the evaluation. Throws what it throws, or ExpressionError when it is stopped. */
  async go(work: () => Promise<unknown>): Promise<unknown> {
    await takeTurn();
    this.#resume();
    try {
      return await new Promise((resolve, reject) => {
        this.#stop = reject;
        work().then(resolve, reject);
      });
    } finally {
      this.#over = true;
      this.#failure ??= new ExpressionError("The expression was stopped.");
      if (this.#pause === undefined) this.#suspend(passTurn);
    }
  }

  /**
   * To be called, and awaited, at each step. Throws ExpressionError when the evaluation is over or
   * its budget is used up.
   */
  step(): Promise<void> | undefined {
    const now = this.check();
    if (this.#pause !== undefined) return this.#pause;
    return sliceIsOver(now) ? this.#pauseNow() : undefined;
  }

  /** As {@link step}, for work that cannot wait; gives the time. */
  check(): number {
    if (this.#failure !== undefined) throw this.#failure;
    const now = performance.now();
    try {
      this.budget.takeStep();
      this.budget.checkTime(this.#pause === undefined ? now - this.#running : 0);
    } catch (error) {
      throw this.#fail(error);
    }
    return now;
  }

  /** Counts a node whose evaluation begins: nested ones, and those side by side, are kept in memory. */
  enter(): void {
    this.#live += 1;
    if (this.#live <= MAX_LIVE || this.#failure !== undefined) return;
    throw this.#fail(
      new ExpressionError("The expression recurses too deeply, or does too much at once."),
    );
  }

  /** Counts a node whose evaluation has ended. */
  leave(): void {
    this.#live -= 1;
  }

  /** Counts a comparison of an order-by clause, where jsonata keeps a copy of the rest for each. */
  compare(): void {
    this.#comparisons += 1;
    if (this.#comparisons <= MAX_COMPARISONS || this.#failure !== undefined) return;
    throw this.#fail(
      new ExpressionError("The expression sorts too long a list with ^(…); use $sort."),
    );
  }

  // Branches of the expression may still be under way: each ends with the same error at its next step.
  #fail(error: unknown): unknown {
    this.#failure ??= error;
    this.#stop(error);
    return error;
  }

  async #pauseNow(): Promise<void> {
    this.#pause = this.#suspend(yieldTurn);
    await this.#pause;
    this.#pause = undefined;
    if (this.#over) passTurn();
    else this.#resume();
  }

  #resume(): void {
    this.#running = performance.now();
    // Evaluation waits for nothing but its turn, so it has ended by the next task, or never will.
    this.#stuck = setTimeout(() => {
      this.#fail(new ExpressionError("The expression waits for something that never comes."));
    }, 0);
  }

  #suspend<T>(handOver: () => T): T {
    clearTimeout(this.#stuck);
    this.budget.addTime(performance.now() - this.#running);
    return handOver();
  }
}
