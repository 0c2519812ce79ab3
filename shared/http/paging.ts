import * as z from "zod";
import { notOneOf } from "../refusals/validation.ts";

/** The largest number of a page that can be asked for. */
export const MAX_PAGE = 1_000_000_000;

/** The check of a whole number from 1 on, given as text. */
export function wholeNumber(maximum: number) {
  const message = `Must be a whole number from 1 to ${maximum}`;
  return z.string().regex(/^\d{1,10}$/, message).transform(Number)
    .refine((n) => n >= 1 && n <= maximum, message)
    .meta({ type: "integer", minimum: 1, maximum, pattern: undefined });
}

/** The check of words to search for. */
export function searchText() {
  return z.string().max(200, "Must have at most 200 characters");
}

/** The check of what a list is sorted by. */
export function sortName(sorts: readonly string[]) {
  return z.enum(sorts, { error: ({ input }) => notOneOf(input, sorts) });
}

/** The check of which way a list is sorted. */
export function sortOrder() {
  return z.enum(["asc", "desc"], "Must be asc or desc");
}
