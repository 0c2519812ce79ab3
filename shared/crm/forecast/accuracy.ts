// @ts-types="@types/big.js"
import type { Big } from "big.js";
import { type Decimal, decimal, round4, sum } from "./decimals.ts";

/** A deal that was closed, and what was forecast of it. */
export interface ClosedForecast {
  isWon: boolean;
  value: Decimal | null;
  probability: Decimal;
  weightedValue: Decimal;
}

/** How right the forecasts of closed deals were. */
export interface Accuracy {
  deals: number;
  won: number;
  lost: number;
  predicted: Big;
  actual: Big;
  error: Big;
  /** Null without deals. */
  accuracy: Big | null;
}

/** The sums that accuracy is told of. */
export interface ClosedSums {
  deals: number;
  won: number;
  predicted: Decimal;
  actual: Decimal;
}

/** "`predicted` = Σ weighted value, `actual` = Σ value of the won, `error` = predicted − actual" (decisions: 14). */
export function accuracyOf(closed: readonly ClosedForecast[]): Accuracy {
  const won = closed.filter(({ isWon }) => isWon);
  return accuracyOfSums({
    deals: closed.length,
    won: won.length,
    predicted: sum(closed.map(({ weightedValue }) => decimal(weightedValue))),
    actual: sum(won.map(({ value }) => decimal(value ?? 0))),
  });
}

/** What {@link accuracyOf} answers, of sums. */
export function accuracyOfSums({ deals, won, ...sums }: ClosedSums): Accuracy {
  const [predicted, actual] = [decimal(sums.predicted), decimal(sums.actual)];
  return {
    deals,
    won,
    lost: deals - won,
    predicted,
    actual,
    error: predicted.minus(actual),
    accuracy: deals === 0 ? null : accuracy(predicted, actual),
  };
}

/** "`accuracy` = `max(0, 1 − |error|/actual)`, with `actual` 0: 0, without deals null" (decisions: 14). */
function accuracy(predicted: Big, actual: Big): Big {
  if (actual.lte(0)) return decimal(0);
  const missed = predicted.minus(actual).abs().div(actual);
  return missed.gte(1) ? decimal(0) : round4(decimal(1).minus(missed));
}

/** "`brier` = mean of (probability − outcome)²" (decisions: 14); null without deals. */
export function brier(closed: readonly ClosedForecast[]): Big | null {
  const missed = closed.map(({ isWon, probability }) =>
    decimal(probability).minus(isWon ? 1 : 0).pow(2)
  );
  return brierOfSum(sum(missed), closed.length);
}

/** The Brier score of the sum of (probability − outcome)² of so many deals. */
export function brierOfSum(missed: Decimal, deals: number): Big | null {
  return deals === 0 ? null : round4(decimal(missed).div(deals));
}
