import { isLosslessNumber } from "lossless-json";
import * as z from "zod";
import { lazy } from "../memory/lazy.ts";
import { mended } from "../refusals/storable.ts";

/** A JSON object of any content, kept whole: z.record would silently drop a key `__proto__`. */
export const jsonObject = z.custom<Record<string, unknown>>(
  (given) =>
    typeof given === "object" && given !== null && !Array.isArray(given) &&
    !isLosslessNumber(given),
  "Must be an object",
).meta({ type: "object" });

// PostgreSQL writes 1e100000 as 100,001 digits, so a small body could fill the memory.
const MAX_EXPONENTS = 50_000;

// The most digits that PostgreSQL's numeric has before and after the point.
const MAX_WHOLE = 131_072;
const MAX_DECIMALS = 16_383;

/** What is told of JSON data that PostgreSQL cannot keep for its numbers. */
export const TOO_MANY_DIGITS = "Has numbers with too many digits when they are written out";

/** Whether PostgreSQL can keep JSON data, and show it in a size like that in which it came. */
export function isWritable(given: unknown): boolean {
  return canBeWritten(numbersIn(given));
}

/** A JSON object of any content that PostgreSQL is to keep. */
export const storedObject = lazy(() => jsonObject.refine(isWritable, TOO_MANY_DIGITS));

// So that a hundred such numbers can be written out.
const FEW_DIGITS = 400;

/** Whether each number in JSON data is short enough, when written out, to be kept beside many others. */
export function hasShortNumbers(value: unknown): boolean {
  return numbersIn(value).every(({ exponent }) => Math.abs(exponent) <= FEW_DIGITS);
}

/**
 * JSON data in the form in which PostgreSQL can keep it, for what its sender cannot mend: texts without
 * what no storable text has, and where its numbers have too many digits when written out, those with an
 * exponent as text.
 */
export function storedForm(value: unknown): unknown {
  const storable = mended(value);
  return canBeWritten(numbersIn(storable)) ? storable : withoutExponents(storable);
}

function withoutExponents(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutExponents);
  if (typeof value !== "object" || value === null || isLosslessNumber(value)) {
    const isNumber = typeof value === "number" || isLosslessNumber(value);
    return isNumber && /e/i.test(String(value)) ? String(value) : value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, withoutExponents(inner)]),
  );
}

function canBeWritten(numbers: readonly Digits[]): boolean {
  const exponents = numbers.reduce((sum, { exponent }) => sum + Math.abs(exponent), 0);
  return exponents <= MAX_EXPONENTS &&
    numbers.every(({ whole, decimals, exponent }) =>
      whole + exponent <= MAX_WHOLE && decimals - exponent <= MAX_DECIMALS
    );
}

/** How many digits a number is written with before and after the point, and its exponent. */
interface Digits {
  whole: number;
  decimals: number;
  exponent: number;
}

function numbersIn(value: unknown): Digits[] {
  if (typeof value === "number" || isLosslessNumber(value)) {
    const [, whole = "", decimals = "", exponent = "0"] =
      /^-?(\d+)(?:\.(\d+))?(?:e(.+))?$/i.exec(String(value)) ?? [];
    return [{ whole: whole.length, decimals: decimals.length, exponent: Number(exponent) }];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(numbersIn);
}
