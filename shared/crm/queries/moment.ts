import * as z from "zod";
import { lazy } from "../../memory/lazy.ts";
import { calendarDate } from "../values/fields.ts";
import { instant } from "../values/instant.ts";

const MESSAGE = "Must be a date or a time with its offset, such as 2026-01-15 or " +
  "2026-01-15T10:30:00Z";

/** A date, which is its whole day of UTC, or a time with its offset, kept as it is given. */
export const moment = lazy(() => z.union([calendarDate(), instant()], MESSAGE));

const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text);

/** A checked moment: when it begins, and how long it lasts. */
export function spanOf(given: string): { start: string; length: string } {
  return isDay(given)
    ? { start: `${given}T00:00:00Z`, length: "1 day" }
    : { start: given, length: "1 microsecond" };
}

/** Whether a checked moment begins after another ends. */
export function isAfter(first: string, last: string): boolean {
  if (isDay(first) && isDay(last)) return first > last;
  const end = Date.parse(last) + (isDay(last) ? 86_400_000 - 1 : 0);
  return Date.parse(first) > end;
}
