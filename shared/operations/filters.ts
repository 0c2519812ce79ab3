import * as z from "zod";
import type { Condition } from "../crm/lists/conditions.ts";
import { filterText } from "../crm/values/fields.ts";
import type { Call } from "../http/call.ts";
import type { Caller } from "../http/caller.ts";
import { lazy } from "../memory/lazy.ts";

type Found = Condition | readonly Condition[] | null;

/** Whose records are filtered. */
export type Asking<C extends Caller> = Pick<Call<C>, "caller" | "workspace">;

/** A filter of a list: the check of its parameter, and what records have that it finds; null: any. */
export interface Filter<C extends Caller = Caller, T = unknown> {
  check: () => z.ZodType<T, string | undefined>;
  condition(value: T, asking: Asking<C>): Found | Promise<Found>;
}

/** The filters of a list, by their parameters. */
export type Filters<C extends Caller = Caller> = Readonly<Record<string, Filter<C>>>;

/** Declares a filter; what its check gives is what its condition takes. */
export function filter<T, C extends Caller = Caller>(
  check: () => z.ZodType<T, string | undefined>,
  condition: Filter<C, T>["condition"],
): Filter<C> {
  return { check, condition: (value, asking) => condition(value as T, asking) };
}

/** One of a few words. */
export function oneOf(words: readonly [string, ...string[]]) {
  return () => z.enum(words, `Must be one of ${words.join(", ")}`);
}

/** Records that have this text in a column. */
export function equal(column: string, check: () => z.ZodType<string, string> = filterText): Filter {
  return filter(check, (value) => ({ is: "equal", column, value }));
}

const recordNumber = lazy(() =>
  z.string().regex(/^\d+$/, "Must be a whole number")
    // No record has a number as large as that.
    .transform((digits) => Math.min(Number(digits), Number.MAX_SAFE_INTEGER))
    .meta({ type: "integer", pattern: undefined })
);

/** Records that are linked to the one of another kind, by its number. */
export function linkTo(others: string, column: string): Filter {
  const table = `crm.${others}`;
  return filter(recordNumber, (value) => ({ is: "numbered", column, table, value }));
}

/** The parameters of filters, each of which may be left out. */
export function filterParameters<C extends Caller>(
  filters: Filters<C>,
): Record<string, z.ZodOptional> {
  return Object.fromEntries(
    Object.entries(filters).map(([name, { check }]) => [name, check().optional()]),
  );
}

/** What the records have in common that the given filters find. Throws what a filter throws. */
export async function conditionsOf<C extends Caller>(
  filters: Filters<C>,
  given: Readonly<Record<string, unknown>>,
  asking: Asking<C>,
): Promise<Condition[]> {
  const found = await Promise.all(
    Object.entries(filters).filter(([name]) => given[name] !== undefined)
      .map(([name, { condition }]) => condition(given[name], asking)),
  );
  return found.flatMap((one) => one ?? []);
}
