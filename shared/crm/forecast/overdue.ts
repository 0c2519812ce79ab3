// @ts-types="@types/big.js"
import type { Big } from "big.js";
import { decimal } from "./decimals.ts";

/**
 * "`o` = whole days since `expected_close_date`; `o ≤ 0`: 1, else `max(0.5, 1 − 0.01·o)`" (decisions: 14,
 * overdue); 1 for a deal without such a date.
 */
export function overdue(daysOverdue: number | null): Big {
  if (daysOverdue === null || daysOverdue <= 0) return decimal(1);
  return decimal(100 - Math.min(daysOverdue, 50)).div(100);
}
