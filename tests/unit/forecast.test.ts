import { describe, expect, test } from "vitest";
import { age } from "../../shared/crm/forecast/age.ts";
import { base, defaultProbability } from "../../shared/crm/forecast/base.ts";
import { decimal } from "../../shared/crm/forecast/decimals.ts";
import { overdue } from "../../shared/crm/forecast/overdue.ts";
import { factors, probability } from "../../shared/crm/forecast/probability.ts";
import { riskLevel, riskReasons, riskScore } from "../../shared/crm/forecast/risk.ts";
import { trend } from "../../shared/crm/forecast/trend.ts";
import { weightedValue } from "../../shared/crm/forecast/weighted-value.ts";
import { dealFacts, someDeals } from "../support/forecast-deals.ts";

const chanceOf = (facts: Parameters<typeof dealFacts>[0]) => Number(probability(dealFacts(facts)));

test("the example of the decisions: 20 days overdue in a stage of 0.25", () => {
  const deal = dealFacts({ stage: 25, daysInStage: 3, maxDaysInStage: 30, daysOverdue: 20 });
  expect(probability(deal).toFixed()).toBe("0.2");
  expect(weightedValue("500", probability(deal)).toFixed()).toBe("100");
  const its = factors(deal);
  expect(Object.values(its).map(Number)).toEqual([0.25, 1, 1, 0.8]);
});

test("the deal's own probability counts instead of the stage's and of history", () => {
  expect(chanceOf({ own: 80, stage: 10, closed: { won: 0, lost: 90 } })).toBe(0.8);
  expect(chanceOf({ own: 0, stage: 10 })).toBe(0);
});

test("history pulls towards the deals that were won, the more of them there are", () => {
  expect(chanceOf({ stage: 50, closed: { won: 0, lost: 0 } })).toBe(0.5);
  expect(chanceOf({ stage: 50, closed: { won: 10, lost: 0 } })).toBe(0.75);
  expect(chanceOf({ stage: 50, closed: { won: 0, lost: 10 } })).toBe(0.25);
  expect(chanceOf({ stage: 0, closed: { won: 5, lost: 5 } })).toBe(0.25);
});

test("a half of the last digit is rounded up, also where a division has no end", () => {
  // 7/12 × 0.86 × 0.93 is 0.46655.
  const deal = { stage: 50, closed: { won: 2, lost: 0 }, daysInStage: 37, daysOverdue: 7 };
  expect(chanceOf(deal)).toBe(0.4666);
  expect(weightedValue("1000.1", "0.25").toFixed()).toBe("250.03");
  expect(weightedValue("0.1", "0.05").toFixed()).toBe("0.01");
  expect(weightedValue("12345678901234567890.12", "0.5").toFixed()).toBe("6172839450617283945.06");
  expect(weightedValue(null, "0.5").toFixed()).toBe("0");
});

test.each([[29, 1], [30, 1], [31, 0.98], [54, 0.52], [55, 0.5], [900, 0.5]])(
  "%d days in a stage without a maximum: %d",
  (days, expected) => expect(Number(age(days, null))).toBe(expected),
);

test.each([[null, 1], [-5, 1], [0, 1], [1, 0.99], [50, 0.5], [51, 0.5], [4000, 0.5]])(
  "%s days after the close date: %d",
  (days, expected) => expect(Number(overdue(days))).toBe(expected),
);

test("a deal that is decided has no doubt", () => {
  expect(chanceOf({ outcome: "won", own: 3, daysOverdue: 90 })).toBe(1);
  expect(chanceOf({ outcome: "lost", own: 97 })).toBe(0);
});

test("a trend is told from 0.005 on", () => {
  expect(trend("0.2", "0.25")).toMatchObject({ direction: "down", change: decimal("-0.05") });
  expect(trend("0.205", "0.2").direction).toBe("up");
  expect(trend("0.2049", "0.2").direction).toBe("flat");
  expect(trend("0.1951", "0.2").direction).toBe("flat");
});

describe("risk", () => {
  const calm = {
    daysOverdue: 0,
    daysInStage: 30,
    maxDaysInStage: null,
    daysQuiet: 13,
    postponements: 1,
    isDevalued: false,
  };
  test.each([
    [{}, 0, "none"],
    [{ isDevalued: true }, 15, "watch"],
    [{ daysQuiet: 14 }, 20, "watch"],
    [{ postponements: 2 }, 20, "watch"],
    [{ daysInStage: 31 }, 30, "at_risk"],
    [{ daysInStage: 6, maxDaysInStage: 5 }, 30, "at_risk"],
    [{ daysOverdue: 1 }, 40, "at_risk"],
    [{ daysOverdue: 1, postponements: 2 }, 60, "critical"],
    [
      { daysOverdue: 9, daysInStage: 99, daysQuiet: 99, postponements: 3, isDevalued: true },
      100,
      "critical",
    ],
  ])("%j: %d, %s", (facts, score, level) => {
    const reasons = riskReasons({ ...calm, ...facts });
    expect([riskScore(reasons), riskLevel(riskScore(reasons))]).toEqual([score, level]);
  });
});

describe("of some 5,000 deals", () => {
  const deals = someDeals(5_000);

  test("a probability is from 0 to 1, has four decimals, and its factors multiply to it", () => {
    const wrong = deals.filter((deal) => {
      const chance = probability(deal);
      const product = Object.values(factors(deal)).reduce((all, one) => all.times(one));
      return chance.lt(0) || chance.gt(1) || !/^\d(\.\d{1,4})?$/.test(chance.toFixed()) ||
        product.minus(chance).abs().gt("0.000051");
    });
    expect(wrong).toEqual([]);
  });

  const open = deals.filter(({ outcome }) => outcome === "open");

  test("a later stage never lowers the base, nor the probability", () => {
    const wrong = open.filter((deal) => {
      const later = { ...deal, stage: Math.min(100, Number(deal.stage ?? 0) + 5) };
      return base(later).lt(base(deal)) || probability(later).lt(probability(deal));
    });
    expect(wrong).toEqual([]);
  });

  test("a longer wait never raises it, nor does a deal that was won lower it", () => {
    const wrong = open.filter((deal) => {
      const { daysInStage, daysOverdue, closed: { won, lost } } = deal;
      const chance = probability(deal);
      return probability({ ...deal, daysInStage: daysInStage + 1 }).gt(chance) ||
        probability({ ...deal, daysOverdue: (daysOverdue ?? 0) + 1 }).gt(chance) ||
        probability({ ...deal, closed: { won: won + 1, lost } }).lt(chance);
    });
    expect(wrong).toEqual([]);
  });
});

test("stages without a probability of their own have more the later they come, below 1", () => {
  for (let count = 1; count <= 100; count += 1) {
    const all = Array.from({ length: count }, (_, at) => defaultProbability(at + 1, count));
    expect(all.every((one, at) => one.gt(all[at - 1] ?? 0) && one.lt(100))).toBe(true);
  }
  expect([1, 2].map((place) => defaultProbability(place, 2).toFixed())).toEqual(["33.33", "66.67"]);
});
