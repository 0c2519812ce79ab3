import * as z from "zod";
import type { CalendarProvider } from "../../connected/calendars/open-calendar.ts";
import { lazy } from "../../memory/lazy.ts";
import { ianaZone, instantOf } from "../../providers/calendar/zoned.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import type { FieldError } from "../../refusals/field-error.ts";
import { checked } from "../../refusals/validation.ts";

const title = () => z.string("Must be a text").min(1, "Must not be empty");

const moment = lazy(() =>
  z.looseObject({
    dateTime: z.string("Must be a time such as 2030-01-07T09:00:00"),
    timeZone: z.string("Must be a time zone").nullish(),
  })
);

/** What has to be of an event as each service has it (decisions: 22); whatever else is there is the service's. */
const EVENTS = {
  google: lazy(() => {
    const given = () => moment().prefault({} as z.input<ReturnType<typeof moment>>);
    return z.looseObject({ summary: title(), start: given(), end: given() });
  }),
  microsoft: lazy(() => z.looseObject({ subject: title(), start: moment(), end: moment() })),
};

/** Refuses what the service would. Throws InvalidInput. */
export function requireEvent(provider: CalendarProvider, body: object): void {
  const { start, end } = checked(EVENTS[provider](), body);
  const isLocal = provider === "microsoft";
  const [from, to] = [start, end].map(({ dateTime, timeZone }) => {
    const zone = timeZone == null ? isLocal ? "UTC" : null : ianaZone(timeZone);
    return dateTime.length === 10 ? NaN : instantOf(dateTime, zone ?? "");
  });
  const right = isLocal
    ? "Must be a time in the timeZone beside it, such as 2030-01-07T09:00:00"
    : "Must be a time with its offset, or a timeZone beside it, such as 2030-01-07T09:00:00Z";
  const mistakes: FieldError[] = [
    ...Number.isNaN(from) ? [{ field: "start.dateTime", message: `${right}.` }] : [],
    ...Number.isNaN(to) ? [{ field: "end.dateTime", message: `${right}.` }] : [],
  ];
  if (from !== undefined && to !== undefined && to < from) {
    mistakes.push({
      field: isLocal ? "end" : "end.dateTime",
      message: "Must not be before start.",
    });
  }
  if (mistakes.length > 0) throw new InvalidInput(mistakes);
}
