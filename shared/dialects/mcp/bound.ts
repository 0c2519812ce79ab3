import { Buffer } from "node:buffer";
import { isLosslessNumber, isSafeNumber, LosslessNumber, parse, stringify } from "lossless-json";
import type { Fields } from "../../crm/plan.ts";

/** The most records of a list. */
export const MOST_ROWS = 20;
const MOST_BYTES = 32 * 1024;
const MOST_CHARACTERS = 1_000;
const MOST_NESTED = 2_000;

/** What is known of a list beside the records of it that are answered. */
export interface Around {
  total: number;
  /** How many come before those. */
  before: number;
  /** The cursor of what follows the first so many of them; null when nothing does. */
  after(kept: number): string | null;
}

/** Records of a list, how many follow them, and the cursor of those. */
export class Listed {
  constructor(readonly items: readonly Fields[], readonly around: Around) {}

  get shorter(): Listed {
    return new Listed(this.items.slice(0, -1), this.around);
  }

  toJSON(): Fields {
    const { items, around: { total, before, after } } = this;
    const left_off = Math.max(0, total - before - items.length);
    return { items, total, left_off, next_cursor: after(items.length) };
  }
}

/** A record of JSON, with all digits of its amounts and long texts cut. */
export function record(text: string): Fields {
  return shortened(parsed(text));
}

/** An object of JSON, with all digits of its numbers. */
export function parsed(text: string): Fields {
  const exact = (digits: string) =>
    isSafeNumber(digits) ? Number(digits) : new LosslessNumber(digits);
  return parse(text, null, exact) as Fields;
}

/** A record whose long texts are cut, and large values within left off, each with how much that was. */
export function shortened(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, short(value)]));
}

/** A result as JSON of at most 32 KB: what does not fit is left off at the end of its longest list. */
export function bounded(result: Fields): string {
  const text = stringify(result) ?? "{}";
  if (Buffer.byteLength(text) <= MOST_BYTES) return text;
  const [longest] = Object.entries(result)
    .flatMap(([name, value]) =>
      value instanceof Listed && value.items.length > 0
        ? [{ name, value, size: stringify(value.items)?.length ?? 0 }]
        : []
    )
    // The last record of a list goes when each list has but one.
    .toSorted((a, b) => isOne(a.value) - isOne(b.value) || b.size - a.size);
  if (longest === undefined) return text;
  return bounded({ ...result, [longest.name]: longest.value.shorter });
}

function isOne({ items }: Listed): number {
  return Number(items.length === 1);
}

/** JSON as a plain object; a number that a double does not hold exactly is its digits. */
export function plain(text: string): Fields {
  const readable = (digits: string) => isSafeNumber(digits) ? Number(digits) : digits;
  return parse(text, null, readable) as Fields;
}

function short(value: unknown): unknown {
  if (typeof value === "string") return cut(value);
  if (typeof value !== "object" || value === null || isLosslessNumber(value)) return value;
  const length = stringify(value)?.length ?? 0;
  return length > MOST_NESTED ? `[${length} characters of JSON left off]` : value;
}

function cut(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text;
  // No half of a surrogate pair in the end.
  const kept = text.slice(0, MOST_CHARACTERS).replace(/[\ud800-\udbff]$/, "");
  return `${kept}… [${text.length - kept.length} characters left off]`;
}
