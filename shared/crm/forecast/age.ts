// @ts-types="@types/big.js"
import type { Big } from "big.js";
import { decimal } from "./decimals.ts";

/** How long a deal may stay in a stage that does not say. */
export const USUAL_DAYS = 30;
/** After how many days more it fades no further. */
export const MOST_FADED_DAYS = 25;

/** "`r` = whole days in the stage − `max_days_in_stage` (null: 30)" (decisions: 14, age). */
export function daysOver(daysInStage: number, maxDays: number | null): number {
  return daysInStage - (maxDays ?? USUAL_DAYS);
}

/** "`r ≤ 0`: 1, else `max(0.5, 1 − 0.02·r)`" (decisions: 14, age). */
export function age(daysInStage: number, maxDays: number | null): Big {
  const over = daysOver(daysInStage, maxDays);
  if (over <= 0) return decimal(1);
  return decimal(100 - 2 * Math.min(over, MOST_FADED_DAYS)).div(100);
}
