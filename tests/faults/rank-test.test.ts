import { expect, test } from "vitest";
import { seeded } from "../support/contract-values.ts";
import { rankTest } from "./rank-test.ts";

test("samples that are alike, apart, or the same throughout", () => {
  const numbers = Array.from({ length: 200 }, (_, i) => i);
  expect(rankTest(numbers, numbers)).toEqual({ below: 0.5, p: expect.closeTo(1, 6) });
  const apart = rankTest(numbers, numbers.map((number) => number + 1_000));
  expect(apart.below).toBe(1);
  expect(apart.p).toBeLessThan(1e-20);
  expect(rankTest([1, 1, 1], [1, 1])).toEqual({ below: 0.5, p: expect.closeTo(1, 6) });
});

// By hand: U = 4 of 30 pairs, its deviation √(30 · 12 / 12), hence z = 2.008.
test("a sample whose figures are known", () => {
  const { below, p } = rankTest([1, 2, 3, 4, 9], [5, 6, 7, 8, 10, 11]);
  expect(below).toBeCloseTo(26 / 30, 9);
  expect(p).toBeCloseTo(0.0446, 3);
});

test("a shift of a fifth of the deviation is seen in a thousand samples, and none is not", () => {
  const random = seeded("ranks");
  const sample = (shift: number) =>
    Array.from({ length: 1_000 }, () =>
      Math.sqrt(-2 * Math.log(1 - random())) *
        Math.cos(2 * Math.PI * random()) + shift);
  expect(rankTest(sample(0), sample(0.2)).p).toBeLessThan(0.01);
  expect(rankTest(sample(0), sample(0)).p).toBeGreaterThan(0.01);
});
