import * as z from "zod";
import { instant } from "../../crm/values/instant.ts";
import { lazy } from "../../memory/lazy.ts";
import { type Filter, filter } from "../../operations/filters.ts";

/** A text to filter by. */
export const text = lazy(() => z.string());

/** A time to filter by: a date is its midnight UTC, and UTC is the offset of a time without one. */
export const time = lazy(() =>
  z.string().transform((given, issues) => {
    const { data } = instant().safeParse(completed(given));
    if (data !== undefined) return data;
    issues.addIssue("Must be a date or a time, such as 2026-03-28 or 2026-03-28T09:15:00Z");
    return z.NEVER;
  }).meta({
    description: "A date, or a time whose offset is UTC unless it is told (ISO 8601).",
    examples: ["2026-03-28", "2026-03-28T09:15:00Z"],
  })
);

// A `+` that was not percent-encoded is read as a blank; ISO 8601 lets seconds be left out.
function completed(given: string): string {
  if (/^\d{4}-\d\d-\d\d$/.test(given)) return `${given}T00:00:00Z`;
  const told = given.replace(/ (?=\d\d:\d\d$)/, "+")
    .replace(/(T\d\d:\d\d)(?=Z|[+-]|$)/, "$1:00");
  return /T[\d:.]+$/.test(told) ? `${told}Z` : told;
}

/** `true` for the records that have a flag set, `false` for all. */
export function isSet(column: string): Filter {
  return filter(
    lazy(() => z.enum(["true", "false"], "Must be true or false")),
    (value) => value === "true" ? { is: "equal", column, value } : null,
  );
}
