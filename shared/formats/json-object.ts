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

/** A JSON object of any content that PostgreSQL is to keep. */
export const storedObject = lazy(() =>
  jsonObject.refine(
    (given) => exponents(given) <= MAX_EXPONENTS,
    "Has numbers with too many digits when they are written out",
  )
);

function exponents(value: unknown): number {
  if (typeof value === "number" || isLosslessNumber(value)) {
    return Math.abs(Number(/e(.+)$/i.exec(String(value))?.[1] ?? 0));
  }
  if (typeof value !== "object" || value === null) return 0;
  return Object.values(value).reduce((sum: number, inner) => sum + exponents(inner), 0);
}
