import { isLosslessNumber } from "lossless-json";
import * as z from "zod";
import { lazy } from "../memory/lazy.ts";

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

/** A JSON object of any content that PostgreSQL is to keep. */
export const storedObject = lazy(() =>
  jsonObject.refine(
    (given) => canBeWritten(numbersIn(given)),
    "Has numbers with too many digits when they are written out",
  )
);

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
