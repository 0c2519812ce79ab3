import { isLosslessNumber, type LosslessNumber } from "lossless-json";
import * as z from "zod";
import { hasShortNumbers } from "../../formats/json-object.ts";
import { lazy } from "../../memory/lazy.ts";
import { notOneOf } from "../../refusals/validation.ts";
import { calendarDate } from "../values/fields.ts";
import type { FieldType } from "./field.ts";
import { moment } from "./moment.ts";
import type { Operator } from "./query.ts";
import { type SourceName, sourceOf } from "./sources.ts";

const MOST_VALUES = 100;
const LONGEST_TEXT = 500;

const ORDERED: readonly Operator[] = ["eq", "ne", "gt", "gte", "lt", "lte", "in", "is_null"];
const TOLD: readonly Operator[] = ["eq", "ne", "in", "contains", "is_null"];

const text = lazy(() =>
  z.string().min(1, "Must not be empty; is_null finds what has none")
    .max(LONGEST_TEXT, `Must have at most ${LONGEST_TEXT} characters`)
);

// As it is given, digit by digit.
const number = lazy(() =>
  z.custom<number | LosslessNumber>(
    (given) => (typeof given === "number" || isLosslessNumber(given)) && hasShortNumbers(given),
    "Must be a number",
  ).meta({ type: "number" })
);

/** By what fields of a type are compared, and with what. */
interface Compared {
  ops: readonly Operator[];
  one: () => z.ZodType;
  what: string;
}

const COMPARED: Readonly<Record<FieldType, Compared>> = {
  text: { ops: TOLD, one: text, what: `a text of 1 to ${LONGEST_TEXT} characters` },
  number: { ops: ORDERED, one: number, what: "a number" },
  time: {
    ops: ORDERED,
    one: moment,
    what: "a date, or a time with its offset, such as 2026-01-15 or 2026-01-15T10:30:00Z",
  },
  date: { ops: ORDERED, one: calendarDate, what: "a date that exists, such as 2026-04-15" },
  named: {
    ops: TOLD,
    one: lazy(() => z.union([number(), text()], "Must be an id, or a name")),
    what: "an id or a name",
  },
};

/** The schema of a filter of a source. */
export function filterSchema(source: SourceName): z.ZodType {
  const { fields } = sourceOf(source);
  const names = Object.keys(fields);
  const types = new Set(Object.values(fields).map(({ type }) => type));
  const [first, ...others] = Array.from(
    types,
    (type) => ofType(type, names.filter((name) => fields[name]?.type === type)),
  );
  if (first === undefined) throw new TypeError(`${source} has no fields`);
  return z.discriminatedUnion("field", [first, ...others], {
    error: ({ code, input }) =>
      code === "invalid_union" ? notOneOf(Object(input).field, names) : undefined,
  });
}

function ofType(type: FieldType, names: readonly string[]) {
  const { ops, one, what } = COMPARED[type];
  const value = z.union([one(), z.array(one()), z.boolean()], `Must be ${what}`);
  return z.strictObject({
    field: z.enum(names),
    op: z.enum(ops, { error: ({ input }) => notOneOf(input, ops) }),
    value: value.optional(),
  }).superRefine(({ op, value: given }, issues) => {
    const [mistake] = valueOf(type, op).safeParse(given).error?.issues ?? [];
    if (mistake === undefined) return;
    const isOne = op !== "in" && op !== "contains" && op !== "is_null";
    const message = given === undefined
      ? `Is required with ${op}`
      : isOne
      ? `Must be one value with ${op}`
      : mistake.message;
    issues.addIssue({ code: "custom", path: ["value", ...mistake.path], message });
  });
}

const LIST = `Must be a list of 1 to ${MOST_VALUES} values with in`;

/** What an operator compares fields of a type with. */
function valueOf(type: FieldType, op: Operator): z.ZodType {
  const { one } = COMPARED[type];
  switch (op) {
    case "is_null":
      return z.boolean("Must be true or false with is_null").optional();
    case "in":
      return z.array(one(), LIST).min(1, LIST).max(MOST_VALUES, LIST);
    case "contains":
      return z.string("Must be a text with contains").min(1, "Must not be empty with contains");
    default:
      return one();
  }
}
