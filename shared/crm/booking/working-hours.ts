import * as z from "zod";
import { lazy } from "../../memory/lazy.ts";

/** The days of a week, as profiles name them. */
export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

type Weekday = typeof WEEKDAYS[number];

/** From and to in local time (`HH:MM`), `24:00` being the end of the day. */
type Interval = readonly [from: string, to: string];

/** When somebody can be met, by the day of the week. */
export type WorkingHours = Readonly<Record<Weekday, readonly Interval[]>>;

const MOST_INTERVALS = 24;
const FROM = /^([01]\d|2[0-3]):[0-5]\d$/;
const TO = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/;

/** How many minutes after midnight a local time is. */
export function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

const interval = lazy(() =>
  z.tuple([
    z.string().regex(FROM, "Must be a time from 00:00 to 23:59"),
    z.string().regex(TO, "Must be a time from 00:00 to 24:00"),
  ]).refine(
    ([from, to]) => !FROM.test(from) || !TO.test(to) || from < to,
    "Must end after it begins",
  )
);

const intervals = lazy(() =>
  z.array(interval()).max(MOST_INTERVALS, `Must have at most ${MOST_INTERVALS} intervals`)
    .transform((given) => [...given].sort(([one], [other]) => one < other ? -1 : 1))
    .refine(
      (given) => given.every(([from], at) => at === 0 || (given[at - 1]?.[1] ?? "") <= from),
      "Must have intervals that do not overlap",
    )
);

/** Working hours as they are given: a day that is left out has none. */
export const givenHours = lazy(() =>
  z.strictObject(byDay(() => intervals().default([]).meta({ default: [] })))
);

/** Working hours as they are answered. */
export const answeredHours = lazy(() =>
  z.object(byDay(() => z.array(z.tuple([z.string(), z.string()]))))
);

function byDay<T>(of: (day: Weekday) => T): Record<Weekday, T> {
  const [mon, tue, wed, thu, fri, sat, sun] = WEEKDAYS;
  return {
    [mon]: of(mon),
    [tue]: of(tue),
    [wed]: of(wed),
    [thu]: of(thu),
    [fri]: of(fri),
    [sat]: of(sat),
    [sun]: of(sun),
  };
}
