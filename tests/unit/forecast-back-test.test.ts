import { expect, test } from "vitest";
import { accuracyOf, brier, type ClosedForecast } from "../../shared/crm/forecast/accuracy.ts";
import { type Decimal, decimal, round4 } from "../../shared/crm/forecast/decimals.ts";
import { probability } from "../../shared/crm/forecast/probability.ts";
import { weightedValue } from "../../shared/crm/forecast/weighted-value.ts";
import { dealFacts } from "../support/forecast-deals.ts";
import {
  type SimulatedDeal,
  simulatedDeals,
  STAGES,
  type Team,
  YEAR,
} from "../support/forecast-year.ts";

/** A deal on the day of the last snapshot at least 30 days before it was closed, else on its first day. */
function observed({ closedOn, entered, expected }: SimulatedDeal) {
  const day = Math.max(entered[0] ?? 0, closedOn - 30);
  const stage = entered.findLastIndex((since) => since <= day);
  const due = expected.findLast(({ since }) => since <= day)?.date ?? day;
  return { day, stage, daysInStage: day - (entered[stage] ?? day), daysOverdue: day - due };
}

/** Answers how many deals that count for a stage were closed before a day, as won and as lost. */
function closedBefore(
  deals: readonly SimulatedDeal[],
  countsFor: (deal: SimulatedDeal, stage: number) => boolean,
) {
  const known = Array.from(
    { length: STAGES },
    () => Array.from({ length: YEAR + 1 }, () => ({ won: 0, lost: 0 })),
  );
  for (const deal of deals) {
    for (const days of known.filter((_, stage) => countsFor(deal, stage))) {
      for (const counts of days.slice(deal.closedOn + 1)) counts[deal.isWon ? "won" : "lost"] += 1;
    }
  }
  return (stage: number, day: number) => known[stage]?.[day] ?? { won: 0, lost: 0 };
}

type Method = (deal: ReturnType<typeof observed>) => Decimal;

function methods(deals: readonly SimulatedDeal[], labels: readonly number[]) {
  const everThere = closedBefore(deals, ({ entered }, stage) => stage < entered.length);
  const thereAMonthBefore = closedBefore(deals, (deal, stage) => stage === observed(deal).stage);
  const forecastBy = (history: typeof everThere): Method => ({ day, stage, ...late }) => {
    const closed = history(stage, day);
    return probability(dealFacts({ stage: labels[stage] ?? 0, closed, ...late }));
  };
  return {
    forecast: forecastBy(everThere),
    // Not what is decided: history of the deals that were at the stage when they were as far from their end.
    "forecast by stage a month before": forecastBy(thereAMonthBefore),
    "stage alone": ({ stage }) => (labels[stage] ?? 0) / 100,
    "win rate alone": ({ day }) => {
      // Every deal was in the first stage.
      const { won, lost } = everThere(0, day);
      return won + lost === 0 ? 0.5 : round4(decimal(won).div(won + lost));
    },
  } satisfies Record<string, Method>;
}

function tried(deals: readonly SimulatedDeal[], method: Method) {
  const closed = deals.map((deal): ClosedForecast => {
    const chance = method(observed(deal));
    const value = String(deal.value);
    const weighted = weightedValue(value, chance);
    return { isWon: deal.isWon, value, probability: chance, weightedValue: weighted };
  });
  return { brier: Number(brier(closed)), accuracy: Number(accuracyOf(closed).accuracy) };
}

const HONEST = [10, 25, 50, 75];
const HOPEFUL = [30, 50, 70, 90];

test.each<[string, Team, readonly number[], boolean]>([
  ["stages that promise too much", { pace: 0.5, losses: 1 }, HOPEFUL, true],
  ["slow, and most are lost", { pace: 0.33, losses: 2 }, HONEST, true],
  // Here history knows less than the stages do: deals that are still in the first stage a month before their
  // end are won less often than those that were ever in it.
  ["stages that promise about what happens", { pace: 0.5, losses: 1 }, HONEST, false],
])("a year of 5,000 deals: %s", (name, team, labels, isBest) => {
  const deals = simulatedDeals(team, 5_000);
  const all = methods(deals, labels);
  const results = {
    forecast: tried(deals, all.forecast),
    other: tried(deals, all["forecast by stage a month before"]),
    byStage: tried(deals, all["stage alone"]),
    byRate: tried(deals, all["win rate alone"]),
  };
  console.log(name);
  console.table(
    Object.fromEntries(Object.keys(all).map((method, at) => [method, Object.values(results)[at]])),
  );
  const { forecast, other, byStage, byRate } = results;
  expect(forecast.brier).toBeLessThan(byRate.brier);
  expect(forecast.brier < byStage.brier).toBe(isBest);
  expect(other.brier).toBeLessThan(Math.min(forecast.brier, byStage.brier, byRate.brier));
});
