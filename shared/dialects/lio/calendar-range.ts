import type { Condition } from "../../crm/lists/conditions.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import type { DateOrTime } from "./dates.ts";

const DAY_MS = 86_400_000;
const MOST_DAYS = 366;
const USUAL_DAYS = 30;

/** The time from `from` to `to`, of which a date is its whole UTC day. Throws InvalidInput. */
export function rangeOf(
  { from, to }: { from?: DateOrTime | undefined; to?: DateOrTime | undefined },
  now = Date.now(),
): { start: number; end: number } {
  const isDay = to?.given.length === 10;
  const end = to && Date.parse(to.at) + (isDay ? DAY_MS : 0);
  const start = from
    ? Date.parse(from.at)
    : end !== undefined && end <= now
    ? end - USUAL_DAYS * DAY_MS
    : now;
  const last = end ?? start + USUAL_DAYS * DAY_MS;
  if (last < start || isDay && last === start) throw mistake("from", "Must not be after to.");
  if (last - start > MOST_DAYS * DAY_MS) {
    throw mistake("to", `Must be at most ${MOST_DAYS} days after from.`);
  }
  return { start, end: last };
}

/** What overlaps that time. Throws InvalidInput. */
export function overlapping(query: Parameters<typeof rangeOf>[0]): Condition[] {
  const { start, end } = rangeOf(query);
  return [
    { is: "after", column: "end_time", value: text(start) },
    { is: "before", column: "start_time", value: text(end) },
  ];
}

// Beyond the times that a year of four digits can tell, from 0001 on, there is nothing.
function text(time: number): string {
  if (time > Date.parse("9999-12-31T23:59:59.999Z")) return "infinity";
  return time < Date.parse("0001-01-01T00:00:00Z") ? "-infinity" : new Date(time).toISOString();
}

function mistake(field: string, message: string): InvalidInput {
  return new InvalidInput([{ field, message, in: "query" }]);
}
