// @ts-types="@types/big.js"
import { Big } from "big.js";
import { isLosslessNumber, type LosslessNumber } from "lossless-json";
import * as z from "zod";
import { lazy } from "../../memory/lazy.ts";

const DECIMAL = /^-?\d{1,20}(\.\d{1,10})?$/;

/** An amount of money, kept digit by digit: up to 20 digits before the point and 10 after it. */
export const money = lazy(() =>
  z.union(
    [z.number(), z.custom<LosslessNumber>(isLosslessNumber)],
    "Must be a number",
  )
    .transform((given, issues) => {
      const digits = withoutExponent(String(given));
      if (DECIMAL.test(digits)) return digits;
      issues.addIssue("Must have at most 20 digits before the decimal point and 10 after it");
      return z.NEVER;
    }).meta({
      id: "Amount",
      description: "An amount, kept digit by digit: up to 20 digits before the decimal point " +
        "and 10 after it.",
      exclusiveMinimum: -1e20,
      exclusiveMaximum: 1e20,
      examples: [50000, 1234.56],
    })
);

// `1.5e-7` as `0.00000015`; one far out of bounds stays, since its digits could fill the memory.
function withoutExponent(digits: string): string {
  const exponent = Number(/e(.+)$/i.exec(digits)?.[1] ?? 0);
  return exponent !== 0 && Math.abs(exponent) < 100 ? new Big(digits).toFixed() : digits;
}
