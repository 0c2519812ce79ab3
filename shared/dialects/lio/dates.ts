import * as z from "zod";
import type { Condition } from "../../crm/lists/conditions.ts";
import { instant } from "../../crm/values/instant.ts";
import { lazy } from "../../memory/lazy.ts";
import { InvalidInput } from "../../refusals/errors.ts";

const DATE = /^\d{4}-\d\d-\d\d$/;

/** The times that a year of four digits can tell, in microseconds since 1970. */
const FIRST = -62_135_596_800_000_000n;
const LAST = 253_402_300_799_999_999n;

/** A date, which is its whole UTC day, or a time with its offset. */
export const dateOrTime = lazy(() =>
  z.string().transform((given, issues) => {
    // A `+` that was not percent-encoded is read as a blank.
    const text = DATE.test(given) ? `${given}T00:00:00Z` : given.replace(/ (?=\d\d:\d\d$)/, "+");
    const { data } = instant().safeParse(text);
    if (data !== undefined) return { given, at: data };
    issues.addIssue(
      "Must be a date or a time with its offset, such as 2026-03-28 or 2026-03-28T09:15:00Z",
    );
    return z.NEVER;
  }).meta({
    description: "A date, which is its whole UTC day, or a time with its offset (ISO 8601).",
    examples: ["2026-03-28", "2026-03-28T09:15:00Z"],
  })
);

/** A checked date or time. */
export interface DateOrTime {
  given: string;
  at: string;
}

/**
 * The records with a column in a range, both ends included. Throws InvalidInput on the start when it is after
 * the end; the names are those of the parameters.
 */
export function within(
  column: string,
  [startName, start]: readonly [string, DateOrTime | undefined],
  [endName, end]: readonly [string, DateOrTime | undefined],
): Condition[] {
  const from = start && microseconds(start.at);
  const to = end && microseconds(end.at) + (DATE.test(end.given) ? 86_400_000_000n : 1n);
  if (from !== undefined && to !== undefined && from >= to) {
    const message = `Must not be after ${endName}.`;
    throw new InvalidInput([{ field: startName, message, in: "query" }]);
  }
  return [
    ...(from === undefined ? [] : [{ is: "after" as const, column, value: timeOf(from - 1n) }]),
    ...(to === undefined ? [] : [{ is: "before" as const, column, value: timeOf(to) }]),
  ];
}

// Times of the database have microseconds, those of the language milliseconds.
function microseconds(time: string): bigint {
  const fraction = /\.(\d+)/.exec(time)?.[1] ?? "";
  const seconds = Date.parse(time.replace(/\.\d+/, "")) * 1_000;
  return BigInt(seconds) + BigInt(fraction.slice(0, 6).padEnd(6, "0"));
}

function timeOf(bound: bigint): string {
  if (bound < FIRST) return "-infinity";
  if (bound > LAST) return "infinity";
  const milliseconds = bound / 1_000n - (bound % 1_000n < 0n ? 1n : 0n);
  const rest = ((bound % 1_000n) + 1_000n) % 1_000n;
  const text = new Date(Number(milliseconds)).toISOString();
  return text.replace("Z", `${String(rest).padStart(3, "0")}Z`);
}
