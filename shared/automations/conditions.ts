import * as z from "zod";
import { customKey, fieldOf, LEAD_FIELDS } from "../events/lead-fields.ts";
import { lazy } from "../memory/lazy.ts";
import { notOneOf } from "../refusals/validation.ts";
import { meets, OPERATORS, type Rule } from "./compare.ts";

const MOST_RULES = 50;
const MOST_VALUES = 100;
const LONGEST_VALUE = 5_000;
const WORDS = [...OPERATORS, "in", "is_empty", "is_not_empty"];

/** When an automation acts: all of the rules hold, or any. */
export interface Conditions {
  match: "all" | "any";
  rules: readonly Rule[];
}

const field = lazy(() =>
  z.string().refine(isField, { error: ({ input }) => unknown(input) })
    .meta({ examples: ["source", "custom_fields.budget"] })
);

const comparand = lazy(() =>
  z.union([
    z.string().max(LONGEST_VALUE, `Must have at most ${LONGEST_VALUE} characters`),
    z.number(),
    z.boolean(),
  ], "Must be a text, a number, true or false")
);

/** The conditions of an automation, as they are given. */
export const conditionsSchema = lazy(() =>
  z.strictObject({
    match: z.enum(["all", "any"], "Must be all or any"),
    rules: z.array(rule()).min(1, "Must have at least one rule; null stands for no conditions")
      .max(MOST_RULES, `Must have at most ${MOST_RULES} rules`),
  }).meta({ id: "AutomationConditions" })
);

const rule = lazy(() =>
  z.discriminatedUnion("operator", [
    z.strictObject({ field: field(), operator: z.enum(OPERATORS), value: comparand() }),
    z.strictObject({
      field: field(),
      operator: z.literal("in"),
      value: z.array(comparand()).min(1, "Must have at least one value")
        .max(MOST_VALUES, `Must have at most ${MOST_VALUES} values`),
    }),
    z.strictObject({ field: field(), operator: z.enum(["is_empty", "is_not_empty"]) }),
  ], {
    error: ({ code, input }) =>
      code === "invalid_union" ? notOneOf(valueOf(input, "operator"), WORDS) : undefined,
  })
);

/** Whether a lead meets the conditions; without any, always. */
export function hold(
  conditions: Conditions | null,
  lead: Readonly<Record<string, unknown>>,
): boolean {
  if (conditions === null) return true;
  const isMet = (one: Rule) => meets(fieldOf(lead, one.field), one);
  return conditions.match === "all" ? conditions.rules.every(isMet) : conditions.rules.some(isMet);
}

function isField(name: string): boolean {
  return LEAD_FIELDS.some((known) => known === name) || customKey(name) !== undefined;
}

function unknown(name: unknown): string {
  return notOneOf(name, [...LEAD_FIELDS, "custom_fields.<key>"]);
}

/** A property of a value that may be anything. */
export function valueOf(input: unknown, name: string): unknown {
  return typeof input === "object" && input !== null
    ? Object.getOwnPropertyDescriptor(input, name)?.value
    : undefined;
}
