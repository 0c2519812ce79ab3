import { isLosslessNumber } from "lossless-json";

/** What a rule compares a field with. */
export type Comparand = string | number | boolean;

/** One rule of an automation's conditions. */
export type Rule =
  | { field: string; operator: Operator; value: Comparand }
  | { field: string; operator: "in"; value: readonly Comparand[] }
  | { field: string; operator: "is_empty" | "is_not_empty" };

/** The operators that compare with one value. */
export const OPERATORS = [
  "equals",
  "not_equals",
  "contains",
  "not_contains",
  "starts_with",
  "greater_than",
  "less_than",
] as const;

type Operator = (typeof OPERATORS)[number];

const TESTS: Readonly<Record<Operator, (actual: unknown, value: Comparand) => boolean>> = {
  equals: (actual, value) => equal(sole(actual), value),
  not_equals: (actual, value) => !equal(sole(actual), value),
  contains,
  not_contains: (actual, value) => !contains(actual, value),
  starts_with: (actual, value) =>
    elements(actual).some((one) => textOf(one)?.startsWith(folded(String(value)))),
  greater_than: (actual, value) => order(actual, value) > 0,
  less_than: (actual, value) => order(actual, value) < 0,
};

/**
 * Whether a field's value meets a rule. Texts compare regardless of case, and with a number as the number
 * that they write. An array meets `contains` by having the value, the others by an element; `equals` by
 * having no other one.
 */
export function meets(actual: unknown, rule: Rule): boolean {
  switch (rule.operator) {
    case "is_empty":
      return isEmpty(actual);
    case "is_not_empty":
      return !isEmpty(actual);
    case "in":
      return rule.value.some((value) => elements(actual).some((one) => equal(one, value)));
    default:
      return TESTS[rule.operator](actual, rule.value);
  }
}

/** Text as it is compared: without regard to case, in any script, and composed (NFC). */
export function folded(text: string): string {
  // By way of the capitals, as ß and SS are one; a sigma at a word's end is one as well.
  return text.toUpperCase().toLowerCase().replaceAll("ς", "σ").normalize("NFC");
}

function contains(actual: unknown, value: Comparand): boolean {
  if (Array.isArray(actual)) return actual.some((one) => equal(one, value));
  return textOf(actual)?.includes(folded(String(value))) ?? false;
}

function equal(actual: unknown, value: Comparand): boolean {
  if (typeof value === "number") return numberOf(actual) === value;
  return textOf(actual) === folded(String(value));
}

// NaN, which is neither above nor below, when they have no order.
function order(actual: unknown, value: Comparand): number {
  const [left, right] = [numberOf(actual), numberOf(value)];
  if (left !== undefined && right !== undefined) return Math.sign(left - right);
  if (typeof actual !== "string" || typeof value !== "string") return NaN;
  const [one, other] = [folded(actual), folded(value)];
  if (one === other) return 0;
  return one > other ? 1 : -1;
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (isLosslessNumber(value)) return Number(value.value);
  const isNumber = typeof value === "string" && /^\s*[+-]?\d+(\.\d+)?\s*$/.test(value);
  return isNumber ? Number(value) : undefined;
}

function textOf(value: unknown): string | undefined {
  if (isLosslessNumber(value)) return value.value;
  const isPlain = ["string", "number", "boolean"].includes(typeof value);
  return isPlain ? folded(String(value)) : undefined;
}

function elements(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function sole(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 ? value[0] : value;
}

function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return true;
  return typeof value === "object" && !isLosslessNumber(value) && Object.keys(value).length === 0;
}
