// @ts-types="@types/big.js"
import type { Big } from "big.js";
import { decimal } from "./decimals.ts";

/**
 * Of the other deals of the pipeline that were closed in the last 365 days and in the deal's stage at some
 * time, how many were won and lost; null for a deal with a probability of its own.
 */
export interface Closed {
  won: number;
  lost: number;
}

/** How much the base weighs, in closed deals. */
const WEIGHT = 10;

/** A fraction, kept as such so that it is rounded once, at the end. */
export interface Fraction {
  over: Big;
  under: number;
}

/** "only without an own one: `(W + 10·base) / (W + L + 10)`" (decisions: 14, history). */
export function history(base: Big, closed: Closed | null): Fraction {
  if (closed === null) return { over: base, under: 1 };
  const { won, lost } = closed;
  return { over: decimal(won).plus(base.times(WEIGHT)), under: won + lost + WEIGHT };
}
