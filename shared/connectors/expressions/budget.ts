import { ExpressionError } from "./error.ts";
import { inputOf, Sizes } from "./values.ts";

/** The longest text an expression may build, in UTF-16 units. */
export const MAX_TEXT = 1_000_000;

/** What all expressions of a delivery may take together. */
interface Limits {
  /** Milliseconds of running; waiting for other work of the process is not counted. */
  milliseconds: number;
  /** Steps of evaluation: a node of an expression, or an item given to a function. */
  steps: number;
  /** Bytes of lists, objects and texts that are built, roughly; whether still in use or not. */
  bytes: number;
}

const LIMITS: Limits = { milliseconds: 1_500, steps: 500_000, bytes: 32_000_000 };

/** What is left for the expressions of one delivery: each evaluation draws on it. */
export class Budget {
  readonly #limits: Limits;
  #milliseconds = 0;
  #steps = 0;
  #bytes = 0;
  readonly #inputs = new WeakMap<object, unknown>();
  /** The sizes of the values that these expressions have seen. */
  readonly sizes: Sizes = new Sizes((bytes) => this.takeBytes(bytes));

  /** `startedAt` is the time that the expressions are told. */
  constructor(limits: Partial<Limits> = {}, readonly startedAt: Date = new Date()) {
    this.#limits = { ...LIMITS, ...limits };
  }

  /** The data as expressions may work on it: one copy for all of them. */
  input(value: unknown): unknown {
    if (typeof value !== "object" || value === null) return value;
    const copy = this.#inputs.get(value) ?? this.freshInput(value);
    this.#inputs.set(value, copy);
    return copy;
  }

  /** A copy of the data for one evaluation. Throws ExpressionError when it is too large. */
  freshInput(value: unknown): unknown {
    const copy = inputOf(value);
    this.admit(copy);
    return copy;
  }

  /** Adds time that an evaluation has run. */
  addTime(milliseconds: number): void {
    this.#milliseconds += milliseconds;
  }

  /** Throws ExpressionError when the time is used up, `running` milliseconds not yet added included. */
  checkTime(running: number): void {
    if (this.#milliseconds + running <= this.#limits.milliseconds) return;
    throw new ExpressionError(
      `The expression was stopped: it runs for more than ${this.#limits.milliseconds} ms.`,
    );
  }

  /** Counts a step. Throws ExpressionError when it is one too many. */
  takeStep(): void {
    this.#steps += 1;
    if (this.#steps <= this.#limits.steps) return;
    throw new ExpressionError(
      `The expression was stopped: it takes more than ${this.#limits.steps} steps.`,
    );
  }

  /** Counts memory. Throws ExpressionError when it is too much. */
  takeBytes(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes <= this.#limits.bytes) return;
    throw new ExpressionError("The expression was stopped: it builds too much data.");
  }

  /** Counts a value that an expression has built. Throws ExpressionError when it is too large. */
  admit(value: unknown): void {
    if (typeof value === "string") {
      if (value.length > MAX_TEXT) throw new ExpressionError(TEXT_TOO_LONG);
      this.takeBytes(2 * value.length);
    } else if (typeof value === "object" && value !== null) {
      this.sizes.measure(value);
    }
  }
}

/** Says that a text would pass {@link MAX_TEXT}. */
export const TEXT_TOO_LONG = `The expression builds a text of more than ${MAX_TEXT} characters.`;
