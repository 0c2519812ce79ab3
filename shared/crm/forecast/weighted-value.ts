// @ts-types="@types/big.js"
import type { Big } from "big.js";
import { type Decimal, decimal, round2 } from "./decimals.ts";

/** "`round2(value × probability)`, with the rounded probability" (decisions: 14); a deal without a value: 0. */
export function weightedValue(value: Decimal | null, probability: Decimal): Big {
  return round2(decimal(value ?? 0).times(decimal(probability)));
}
