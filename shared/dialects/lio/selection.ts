import * as z from "zod";
import type { Fields } from "../../crm/plan.ts";
import type { Chosen } from "../../crm/lists/pieces.ts";
import { selectIds } from "../../crm/lists/selection.ts";
import type { View } from "../../crm/views/view.ts";
import type { Sql } from "../../db/sql.ts";
import type { Call } from "../../http/call.ts";
import { lazy } from "../../memory/lazy.ts";
import type { Asking } from "../../operations/filters.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import type { LioCaller } from "./caller.ts";
import { formsInBodies } from "./filters.ts";
import { choosing, conditionsIn, type Listing, searchIn } from "./lists.ts";

const MOST = 1_000;

const id = () => z.int("Must be a whole number").min(1, "Must be 1 or more");

/** Ids of records in a body. */
export const someIds = lazy(() =>
  z.array(id()).min(1, "Must have at least one id").max(MOST, `Must have at most ${MOST} ids`)
    .optional()
);

/** The fields of a body that choose records of a list: by ids, or all that filters find (decisions: 1, bulk). */
export function selectionFields(listing: Listing) {
  return {
    ids: someIds(),
    select_all: z.boolean().optional(),
    filters: filtersOf(listing).optional(),
  };
}

/** The ways in which a body chooses records, as JSON Schema; `names` are those of the ids. */
export function waysToChoose(names: readonly string[] = ["ids"]) {
  const without = (others: readonly string[]) =>
    Object.fromEntries(others.map((name) => [name, { not: {} }]));
  return [
    ...names.map((name) => ({
      required: [name],
      properties: {
        select_all: { const: false },
        ...without(names.filter((other) => other !== name)),
      },
    })),
    {
      required: ["select_all", "filters"],
      properties: { select_all: { const: true }, ...without(names) },
    },
  ];
}

/** The records that a body chooses, as numbers or as the query that answers their ids. */
export type Selection = { numbers: readonly number[] } | { query: Sql };

/** Reads what a body chooses of a list. Throws InvalidInput. */
export async function selectionOf(
  view: View,
  listing: Listing,
  { ids, select_all, filters }: Fields,
  call: Call<LioCaller>,
): Promise<Selection> {
  const isAll = select_all === true;
  if (isAll === (ids !== undefined)) {
    const message = "Give either ids, or select_all: true with filters.";
    throw new InvalidInput([{ field: isAll ? "ids" : "select_all", message }]);
  }
  if (Array.isArray(ids)) return { numbers: [...new Set(ids.map(Number))] };
  if (typeof filters !== "object" || filters === null) {
    throw new InvalidInput([{ field: "filters", message: "Is required with select_all." }]);
  }
  const { conditions, search } = await chosenBy(listing, { ...filters }, call);
  return { query: selectIds(view, conditions, search) };
}

/** What checked filters choose of a list. Throws InvalidInput. */
export async function chosenBy(
  listing: Listing,
  filters: Fields,
  asking: Asking<LioCaller>,
): Promise<Chosen> {
  try {
    const conditions = await conditionsIn(listing, filters, asking);
    return { conditions, search: searchIn(listing, filters) };
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    const fields = error.fields.map(({ field, message }) => ({
      field: `filters.${field}`,
      message,
    }));
    throw new InvalidInput(fields);
  }
}

/** The check of an object of filters of a list. */
export function filtersOf(listing: Listing) {
  const checks = Object.entries<z.ZodOptional>(choosing(listing));
  return z.strictObject(
    Object.fromEntries(checks.map(([name, check]) => [name, z.optional(inBody(check.unwrap()))])),
  );
}

// As in a query: a list with commas between.
function inBody(check: z.core.$ZodType) {
  const forms = formsInBodies(check);
  return forms === undefined ? check : forms.transform(textOf).pipe(check);
}

function textOf(value: unknown): unknown {
  return Array.isArray(value) ? value.map(String).join(",") : String(value);
}
