import { describe, expect, test } from "vitest";
import { accuracyOf, brier, type ClosedForecast } from "../../shared/crm/forecast/accuracy.ts";
import { sum } from "../../shared/crm/forecast/decimals.ts";
import { monthsUntil, periodOf, periodsFrom } from "../../shared/crm/forecast/periods.ts";
import { probability } from "../../shared/crm/forecast/probability.ts";
import { weightedValue } from "../../shared/crm/forecast/weighted-value.ts";
import { seeded } from "../support/contract-values.ts";
import { someDeals } from "../support/forecast-deals.ts";

test("months from the current one on, over the end of a year and a leap day", () => {
  expect(periodsFrom("2027-11-30", "monthly", 4)).toEqual([
    { period: "2027-11", start_date: "2027-11-01", end_date: "2027-11-30" },
    { period: "2027-12", start_date: "2027-12-01", end_date: "2027-12-31" },
    { period: "2028-01", start_date: "2028-01-01", end_date: "2028-01-31" },
    { period: "2028-02", start_date: "2028-02-01", end_date: "2028-02-29" },
  ]);
});

test.each([["9999-12-01", "9999-12-31"], ["0001-02-10", "0001-02-28"], [
  "0099-12-31",
  "0099-12-31",
]])(
  "the month of %s ends on %s",
  (day, last) => {
    expect(periodsFrom(day, "monthly", 1)[0]?.end_date).toBe(last);
    expect(periodsFrom(day, "quarterly", 1)[0]?.end_date.slice(0, 4)).toBe(day.slice(0, 4));
  },
);

test.each([[1, 1], [3, 1], [4, 2], [6, 2], [24, 8]])(
  "%d months are %d quarters",
  (months, count) => {
    const quarters = periodsFrom("2026-11-29", "quarterly", months);
    expect(quarters).toHaveLength(count);
    expect(quarters[0]).toEqual({
      period: "2026-Q4",
      start_date: "2026-10-01",
      end_date: "2026-12-31",
    });
  },
);

test("the months of a report end with the current one", () => {
  expect(monthsUntil("2026-02-01", 4)).toEqual(["2025-11", "2025-12", "2026-01", "2026-02"]);
});

test("a deal counts in one period, an overdue one in the first", () => {
  const periods = periodsFrom("2026-11-29", "monthly", 2);
  const dates = ["1999-01-01", "2026-11-30", "2026-12-01", "2026-12-31", "2027-01-01"];
  expect(dates.map((date) => periodOf(periods, date)?.period ?? null))
    .toEqual(["2026-11", "2026-11", "2026-12", "2026-12", null]);
});

test("the deals of the periods, and those beyond, sum up to the pipeline, to the last digit", () => {
  const random = seeded("contributors");
  const periods = periodsFrom("2026-11-29", "monthly", 6);
  const shares = someDeals(3_000).map((facts) => ({
    date: new Date(Date.UTC(2026, 8, 1 + Math.floor(random() * 400))).toISOString().slice(0, 10),
    worth: weightedValue(
      `${Math.floor(random() * 1e9)}.${Math.floor(random() * 1e9)}`,
      probability(facts),
    ),
  }));
  const all = sum(shares.map(({ worth }) => worth));
  const parts = [...periods, null].map((period) =>
    sum(
      shares.filter(({ date }) => periodOf(periods, date)?.period === period?.period)
        .map(({ worth }) => worth),
    )
  );
  expect(sum(parts).eq(all)).toBe(true);
});

const closed = (isWon: boolean, value: string, chance: string): ClosedForecast => ({
  isWon,
  value,
  probability: chance,
  weightedValue: weightedValue(value, chance),
});

describe("accuracy", () => {
  test("the example of the decisions", () => {
    const deals = [closed(true, "1000.1", "0.25"), closed(false, "400", "0.25")];
    expect(JSON.parse(JSON.stringify(accuracyOf(deals)))).toEqual({
      deals: 2,
      won: 1,
      lost: 1,
      predicted: "350.03",
      actual: "1000.1",
      error: "-650.07",
      accuracy: "0.35",
    });
    expect(brier(deals)?.toFixed()).toBe("0.3125");
  });

  test("without deals there is none, without won ones it is 0", () => {
    expect([accuracyOf([]).accuracy, brier([])]).toEqual([null, null]);
    expect(accuracyOf([closed(false, "5", "0.1")]).accuracy?.toFixed()).toBe("0");
    expect(accuracyOf([closed(true, "5", "1")]).accuracy?.toFixed()).toBe("1");
  });

  test("is from 0 to 1 for whatever deals, as the Brier score is", () => {
    const random = seeded("accuracy");
    for (let run = 0; run < 200; run += 1) {
      const some = Array.from(
        { length: 1 + Math.floor(random() * 20) },
        () => closed(random() < 0.5, String(Math.floor(random() * 1e6) / 100), random().toFixed(4)),
      );
      for (const value of [accuracyOf(some).accuracy, brier(some)]) {
        expect(Number(value)).toBeGreaterThanOrEqual(0);
        expect(Number(value)).toBeLessThanOrEqual(1);
      }
    }
  });
});
