// @ts-types="@types/big.js"
import type { Big } from "big.js";
import { age } from "./age.ts";
import { base, type BaseFacts } from "./base.ts";
import { decimal, round4 } from "./decimals.ts";
import { type Closed, history } from "./history.ts";
import { overdue } from "./overdue.ts";

/** What a deal's probability is computed of, as it is at one moment. */
export interface DealFacts extends BaseFacts {
  outcome: "open" | "won" | "lost";
  closed: Closed;
  daysInStage: number;
  maxDaysInStage: number | null;
  /** Days since its expected close date, negative before that; null without one. */
  daysOverdue: number | null;
}

/** The numbers that multiply to a probability. */
export interface Factors {
  base: Big;
  /** How much the history changes the base: their ratio. */
  history: Big;
  age: Big;
  overdue: Big;
}

/** Digits of a ratio; more than a probability has, so that the product still gives that. */
const RATIO_DIGITS = 10;

/** "`history × age × overdue`; won 1, lost 0" (decisions: 14, probability). */
export function probability(deal: DealFacts): Big {
  if (deal.outcome !== "open") return decimal(deal.outcome === "won" ? 1 : 0);
  const { over, under } = history(base(deal), closedOf(deal));
  const faded = over.times(age(deal.daysInStage, deal.maxDaysInStage))
    .times(overdue(deal.daysOverdue));
  return round4(faded.div(under));
}

/**
 * "the factors multiply to the probability (`history` as the ratio history/base)" (decisions: 14). A base
 * of 0 has no such ratio: with deals won in spite of it, history stands for the probability itself.
 */
export function factors(deal: DealFacts): Factors {
  const one = decimal(1);
  if (deal.outcome !== "open") {
    return { base: probability(deal), history: one, age: one, overdue: one };
  }
  const its = base(deal);
  const { over, under } = history(its, closedOf(deal));
  const isUnlikely = its.eq(0) && over.gt(0);
  const start = isUnlikely ? one : its;
  return {
    base: start,
    history: start.eq(0) ? one : over.div(start.times(under)).round(RATIO_DIGITS),
    age: age(deal.daysInStage, deal.maxDaysInStage),
    overdue: overdue(deal.daysOverdue),
  };
}

function closedOf({ own, closed }: DealFacts): Closed | null {
  return own === null ? closed : null;
}
