import * as z from "zod";
import { lazy } from "../../memory/lazy.ts";
import { notOneOf } from "../../refusals/validation.ts";
import { filterSchema } from "./filter-schema.ts";
import { DIRECTIONS, FUNCTIONS, INTERVALS, MOST_ROWS, ORDERS, USUAL_ROWS } from "./query.ts";
import { SOURCE_NAMES, type SourceName, sourceOf } from "./sources.ts";

const MOST_FILTERS = 20;
const LIMIT = `Must be a whole number from 1 to ${MOST_ROWS}`;

const oneOf = <const T extends readonly [string, ...string[]]>(words: T) =>
  z.enum(words, { error: ({ input }) => notOneOf(input, words) });

export const interval = lazy(() => oneOf(INTERVALS));

const order = lazy(() =>
  z.strictObject({ by: oneOf(ORDERS).optional(), dir: oneOf(DIRECTIONS).optional() }).meta({
    id: "QueryOrder",
    description: "By value the greatest first, by dimension the least first, unless dir says else.",
  })
);

/** The schemas of queries, one a source. */
export const querySchemas = lazy(() => SOURCE_NAMES.map(ofSource));

function ofSource(source: SourceName) {
  return z.strictObject({
    source: z.literal(source),
    measure: measureOf(source),
    dimension: dimensionOf(source).optional(),
    filters: z.array(filterSchema(source)).max(
      MOST_FILTERS,
      `Must have at most ${MOST_FILTERS} filters`,
    ).optional(),
    order: order().optional(),
    limit: z.int(LIMIT).min(1, LIMIT).max(MOST_ROWS, LIMIT).optional().meta({
      default: USUAL_ROWS,
    }),
  });
}

/** A query, as it is given and kept. */
export const querySchema = lazy(() => {
  const [first, ...others] = querySchemas();
  if (first === undefined) throw new TypeError("no sources");
  return z.discriminatedUnion("source", [first, ...others], {
    error: ({ code, input }) =>
      code === "invalid_union" ? notOneOf(Object(input).source, SOURCE_NAMES) : undefined,
  }).meta({ id: "Query" });
});

function measureOf(source: SourceName) {
  const [first, ...others] = Object.keys(sourceOf(source).measured);
  const [count, ...sums] = FUNCTIONS;
  if (first === undefined) return z.strictObject({ fn: z.literal(count, `Must be ${count}`) });
  const field = oneOf([first, ...others]);
  return z.discriminatedUnion("fn", [
    z.strictObject({ fn: z.literal(count), field: field.optional() }),
    z.strictObject({ fn: z.enum(sums), field }),
  ], {
    error: ({ code, input }) =>
      code === "invalid_union" ? notOneOf(Object(input).fn, FUNCTIONS) : undefined,
  });
}

function dimensionOf(source: SourceName) {
  const { fields } = sourceOf(source);
  const names = Object.keys(fields);
  const isTime = (name: string) => ["time", "date"].includes(fields[name]?.type ?? "");
  return z.discriminatedUnion("field", [
    z.strictObject({ field: z.enum(names.filter(isTime)), interval: interval().optional() }),
    z.strictObject({ field: z.enum(names.filter((name) => !isTime(name))) }),
  ], {
    error: ({ code, input }) =>
      code === "invalid_union" ? notOneOf(Object(input).field, names) : undefined,
  });
}
