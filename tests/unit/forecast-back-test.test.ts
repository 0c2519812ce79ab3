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

/** Answers how many deals that were in a stage were closed before a day, as won and as lost. */
function closedBefore(deals: readonly SimulatedDeal[]) {
  const known = Array.from(
    { length: STAGES },
    () => Array.from({ length: YEAR + 1 }, () => ({ won: 0, lost: 0 })),
  );
  for (const { isWon, closedOn, entered } of deals) {
    for (const days of known.slice(0, entered.length)) {
      for (const counts of days.slice(closedOn + 1)) counts[isWon ? "won" : "lost"] += 1;
    }
  }
  return (stage: number, day: number) => known[stage]?.[day] ?? { won: 0, lost: 0 };
}

type Method = (deal: ReturnType<typeof observed>) => Decimal;

function methods(deals: readonly SimulatedDeal[], labels: readonly number[]) {
  const history = closedBefore(deals);
  return {
    forecast: ({ day, stage, daysInStage, daysOverdue }) => {
      const closed = history(stage, day);
      return probability(
        dealFacts({ stage: labels[stage] ?? 0, closed, daysInStage, daysOverdue }),
      );
    },
    "stage alone": ({ stage }) => (labels[stage] ?? 0) / 100,
    "win rate alone": ({ day }) => {
      // Every deal was in the first stage.
      const { won, lost } = history(0, day);
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
  const { forecast, "stage alone": byStage, "win rate alone": byRate } = methods(deals, labels);
  const results = {
    forecast: tried(deals, forecast),
    "stage alone": tried(deals, byStage),
    "win rate alone": tried(deals, byRate),
  };
  console.log(name);
  console.table(results);
  expect(results.forecast.brier).toBeLessThan(results["win rate alone"].brier);
  expect(results.forecast.brier < results["stage alone"].brier).toBe(isBest);
});
