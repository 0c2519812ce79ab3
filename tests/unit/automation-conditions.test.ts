import { LosslessNumber } from "lossless-json";
import { describe, expect, test } from "vitest";
import { meets, OPERATORS, type Rule } from "../../shared/automations/compare.ts";
import { type Conditions, hold } from "../../shared/automations/conditions.ts";

const rule = (operator: string, value?: unknown, field = "x") =>
  ({ field, operator, ...(value === undefined ? {} : { value }) }) as Rule;

describe("an operator", () => {
  test.each<[unknown, string, unknown, boolean]>([
    ["Website", "equals", "wEBSITE", true],
    ["Straße", "equals", "STRASSE", true],
    ["ΟΔΟΣ", "equals", "οδος", true],
    ["Zoe\u0308", "equals", "ZOË", true],
    ["İstanbul", "equals", "istanbul", false],
    ["web", "equals", "website", false],
    [null, "equals", "", false],
    [5, "equals", 5, true],
    [5, "equals", "5", true],
    ["5.0", "equals", 5, true],
    ["5.0", "equals", "5", false],
    [true, "equals", true, true],
    ["true", "equals", true, true],
    [false, "equals", true, false],
    [["vip"], "equals", "VIP", true],
    [["vip", "hot"], "equals", "vip", false],
    [null, "not_equals", "a", true],
    ["a", "not_equals", "A", false],
    ["Enterprise plan", "contains", "PRISE", true],
    [["Hot-Lead"], "contains", "hot-lead", true],
    [["Hot-Lead"], "contains", "hot", false],
    [undefined, "contains", "a", false],
    [undefined, "not_contains", "a", true],
    [["a"], "not_contains", "A", false],
    ["+4930", "starts_with", "+49", true],
    [["x", "Abc"], "starts_with", "ab", true],
    ["cab", "starts_with", "ab", false],
    [10, "greater_than", 9, true],
    ["10", "greater_than", 9, true],
    ["10", "greater_than", "9", true],
    ["10 seats", "greater_than", 9, false],
    [null, "greater_than", 0, false],
    [null, "less_than", 1, false],
    ["2026-03-01", "less_than", "2026-10-01", true],
    [3, "less_than", 3, false],
    [new LosslessNumber("12345678901234567890"), "greater_than", 1, true],
    ["b", "in", ["A", "B"], true],
    [["x", "b"], "in", ["B"], true],
    ["c", "in", ["a", "b"], false],
    [null, "is_empty", undefined, true],
    ["", "is_empty", undefined, true],
    [[], "is_empty", undefined, true],
    [{}, "is_empty", undefined, true],
    [0, "is_empty", undefined, false],
    [false, "is_empty", undefined, false],
    ["a", "is_not_empty", undefined, true],
    [undefined, "is_not_empty", undefined, false],
  ])("%j %s %j is %s", (actual, operator, value, expected) => {
    expect(meets(actual, rule(operator, value))).toBe(expected);
  });
});

/** Numbers from 0 to 1, the same in each run (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = state + 0x6d2b79f5 | 0;
    let t = Math.imul(state ^ state >>> 15, 1 | state);
    t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
    return ((t ^ t >>> 14) >>> 0) / 2 ** 32;
  };
}

const LETTERS = [..."aBcßẞéÉÄöΣςσİıIiǅﬀЖжאञ日🙂 0.9-"];
const next = random(20_260_328);
const one = <T>(of: readonly T[]): T => of[Math.floor(next() * of.length)]!;
const text = () => Array.from({ length: Math.floor(next() * 8) }, () => one(LETTERS)).join("");
const value = () =>
  one([text, () => Math.floor(next() * 20) - 10, () => next() * 10, () => next() < 0.5])();
const actual = () => one<() => unknown>([value, value, () => null, () => [text(), text()]])();
const times = (work: () => void) => Array.from({ length: 2_000 }, work);

describe("whatever is compared", () => {
  test("case makes no difference, nor how letters are composed", () => {
    times(() => {
      const [left, right] = [text(), text()];
      for (const operator of OPERATORS) {
        const told = meets(left, rule(operator, right));
        for (const same of [left.toUpperCase(), left.normalize("NFD")]) {
          expect(meets(same, rule(operator, right)), `${same} ${operator} ${right}`).toBe(told);
          expect(meets(left, rule(operator, right.toUpperCase()))).toBe(told);
        }
      }
    });
  });

  test("an operator and its negation are never both met", () => {
    times(() => {
      const [left, right] = [actual(), value()];
      for (const [is, not] of [["equals", "not_equals"], ["contains", "not_contains"]] as const) {
        expect(meets(left, rule(is, right))).toBe(!meets(left, rule(not, right)));
      }
      expect(meets(left, rule("is_empty"))).toBe(!meets(left, rule("is_not_empty")));
    });
  });

  test("one of two numbers is greater, or they are equal", () => {
    times(() => {
      const [left, right] = [Math.floor(next() * 9), Math.floor(next() * 9)];
      const met = ["greater_than", "less_than", "equals"]
        .map((operator) => meets(String(left), rule(operator, right)));
      expect(met).toEqual([left > right, left < right, left === right]);
    });
  });

  test("a text begins with and contains what it is put together of", () => {
    times(() => {
      const [left, middle, right] = [text(), text(), text()];
      expect(meets(left + right, rule("starts_with", left))).toBe(true);
      expect(meets(left + middle + right, rule("contains", middle))).toBe(true);
    });
  });

  test("it is in a list when it equals one of it", () => {
    times(() => {
      const [left, list] = [value(), [value(), value(), value()]];
      expect(meets(left, rule("in", list)))
        .toBe(list.some((right) => meets(left, rule("equals", right))));
    });
  });

  test("all rules hold, or any", () => {
    times(() => {
      const lead = { a: actual(), b: actual(), custom_fields: { c: actual() } };
      const rules = ["a", "b", "custom_fields.c"]
        .map((field) => rule(one(OPERATORS), value(), field));
      const each = [lead.a, lead.b, lead.custom_fields.c].map((given, i) =>
        meets(given, rules[i]!)
      );
      const by = (match: Conditions["match"]) => hold({ match, rules }, lead);
      expect([by("all"), by("any")]).toEqual([each.every(Boolean), each.some(Boolean)]);
    });
  });
});

test("no conditions always hold", () => {
  expect(hold(null, {})).toBe(true);
});

test("a custom field is its own, whatever its key", () => {
  const rules = [rule("is_empty", undefined, "custom_fields.constructor")];
  expect(hold({ match: "all", rules }, { custom_fields: {} })).toBe(true);
  expect(hold({ match: "all", rules }, { custom_fields: null })).toBe(true);
  expect(hold({ match: "all", rules }, { custom_fields: { constructor: "x" } })).toBe(false);
});
