import { ExpressionError } from "./error.ts";

/** The largest value an expression may see or build: about the length of its JSON. */
const MAX_SIZE = 1_000_000;
const MAX_DEPTH = 64;
/** What is smaller is measured anew each time, which takes less than to remember it. */
const SMALL = 64;

/** Field names that jsonata would take for marks of its own. */
const RESERVED = new Set(["_jsonata_function", "_jsonata_lambda", "tupleStream", "outerWrapper"]);

interface Measure {
  /** About the characters of the value as JSON, parts that are shared counted each time. */
  size: number;
  depth: number;
}

/**
 * Measures the values of expressions. A list that holds the same list twice is measured as what a
 * walk through it meets, which doubles with each level while the memory does not: jsonata's own
 * functions walk without asking.
 */
export class Sizes {
  readonly #known = new WeakMap<object, Measure>();
  readonly #allocate: (bytes: number) => void;

  /** `allocate` is told the bytes of each list and object that is met for the first time. */
  constructor(allocate: (bytes: number) => void) {
    this.#allocate = allocate;
  }

  /** The size and depth of a list or object. Throws ExpressionError when it is too large or deep. */
  measure(value: object, level = 0): Measure {
    const known = this.#known.get(value) ?? this.#measureNew(value, level);
    if (level + known.depth > MAX_DEPTH) throw new ExpressionError(TOO_DEEP);
    return known;
  }

  #measureNew(value: object, level: number): Measure {
    const measure = { size: 2, depth: 1 };
    if (isFunction(value)) return measure;
    if (level > MAX_DEPTH) throw new ExpressionError(TOO_DEEP);
    const bytes = Array.isArray(value)
      ? this.#addItems(measure, value, level)
      : this.#addFields(measure, value, level);
    // A small value alone comes again and again, uncounted; as a part it is counted with the whole.
    if (measure.size >= SMALL || level > 0) this.#allocate(bytes);
    if (measure.size >= SMALL) this.#known.set(value, measure);
    return measure;
  }

  #addItems(measure: Measure, list: unknown[], level: number): number {
    for (const item of list) this.#add(measure, item, level);
    return 16 + 8 * list.length;
  }

  #addFields(measure: Measure, object: object, level: number): number {
    let count = 0;
    for (const [key, item] of Object.entries(object)) {
      measure.size += key.length + 3;
      this.#add(measure, item, level);
      count += 1;
    }
    return 64 + 48 * count;
  }

  #add(measure: Measure, item: unknown, level: number): void {
    if (typeof item === "string") measure.size += item.length + 3;
    else if (typeof item === "object" && item !== null) {
      const { size, depth } = this.measure(item, level + 1);
      measure.size += size + 1;
      measure.depth = Math.max(measure.depth, depth + 1);
    } else measure.size += 4;
    if (measure.size > MAX_SIZE) throw new ExpressionError(TOO_LARGE);
  }
}

/**
 * A copy of JSON data that jsonata may work on: it writes into what it is given. Throws
 * ExpressionError for a field whose name jsonata keeps for itself.
 */
export function inputOf(value: unknown, level = 0): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (level > MAX_DEPTH) throw new ExpressionError(TOO_DEEP);
  if (Array.isArray(value)) return value.map((item) => inputOf(item, level + 1));
  const copy: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    if (RESERVED.has(key)) {
      throw new ExpressionError(`The payload has a field named "${key}", which is reserved.`);
    }
    setField(copy, key, inputOf(item, level + 1));
  }
  return copy;
}

/** A result as plain JSON data. Throws ExpressionError when a part of it is not. */
export function plainResult(value: unknown): unknown {
  if (typeof value === "function") throw new ExpressionError(NOT_DATA);
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new ExpressionError("The expression gives a number that is not finite.");
  }
  if (typeof value !== "object" || value === null) return value;
  if (isFunction(value)) throw new ExpressionError(NOT_DATA);
  if (Array.isArray(value)) return value.map((item) => plainResult(item) ?? null);
  const copy: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    if (item !== undefined) setField(copy, key, plainResult(item));
  }
  return copy;
}

/** Whether jsonata would call the value: a function of an expression, or one of its own. */
export function isFunction(value: unknown): boolean {
  if (typeof value === "function") return true;
  return typeof value === "object" && value !== null &&
    ("_jsonata_lambda" in value || "_jsonata_function" in value);
}

function setField(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== "__proto__") {
    object[key] = value;
    return;
  }
  // An assignment would set the prototype.
  const field = { value, writable: true, enumerable: true, configurable: true };
  Object.defineProperty(object, key, field);
}

const TOO_DEEP = `The data is nested more than ${MAX_DEPTH} levels deep.`;
const TOO_LARGE = `The expression builds or reads data of more than ${MAX_SIZE} characters.`;
const NOT_DATA = "The expression gives a function; it must give data.";
