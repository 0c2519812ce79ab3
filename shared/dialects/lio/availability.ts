import * as z from "zod";
import {
  type AskedSlots,
  bookablePart,
  busyTimes,
  reachOf,
} from "../../crm/booking/availability.ts";
import { dayAfter, dayAt, instantOf, localText } from "../../crm/booking/local-time.ts";
import type { BookingProfile } from "../../crm/booking/profile.ts";
import { freeSlots, type Span } from "../../crm/booking/slots.ts";
import { busyElsewhere } from "../../connected/calendars/busy.ts";
import { timezone } from "../../crm/members.ts";
import { calendarDate } from "../../crm/values/fields.ts";
import { statement } from "../../db/sql.ts";
import { rowsOf } from "../../db/wire/rows.ts";
import type { Call } from "../../http/call.ts";
import { wholeNumber } from "../../http/paging.ts";
import { lazy } from "../../memory/lazy.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import { type Host, openingOf } from "./booking-host.ts";
import { type DateOrTime, dateOrTime } from "./dates.ts";
import { oneRecord } from "./schemas.ts";

const DAY = 86_400_000;
const MOST_DAYS = 62;
const DEFAULT_DAYS = 7;
const SHORTEST = 5;
const LONGEST = 480;
/** Beyond these nobody is booked, and days can be reckoned with. */
const FIRST = Date.UTC(1000, 0, 1);
const LAST = Date.UTC(9990, 0, 1);

/** The query parameters of slots (decisions: 17). */
export const slotParameters = lazy(() =>
  z.strictObject({
    date: calendarDate().optional().meta({ description: "A day of `tz`." }),
    from: dateOrTime().optional().meta({
      description: "From when on: a date of `tz`, or a time with its offset; now unless given.",
    }),
    to: dateOrTime().optional().meta({
      description: "Until when: a date of `tz`, which is included, or a time; 7 days unless given.",
    }),
    duration: wholeNumber(LONGEST).optional().meta({ description: "Minutes." }),
    tz: timezone().optional().meta({
      description:
        "The time zone (IANA) of dates, and of `start_local`; the profile's unless given.",
    }),
  })
);

/** What is asked for by them. */
export interface AskedAvailability extends AskedSlots {
  timezone: string;
}

/** The answer with slots. */
export const availability = lazy(() =>
  oneRecord(
    z.object({
      slug: z.string(),
      timezone: z.string(),
      duration: z.int(),
      slots: z.array(
        z.object({ start: z.string(), end: z.string(), start_local: z.string() }).meta({
          id: "Slot",
        }),
      ),
    }).meta({ id: "Availability" }),
  ).meta({ id: "AvailabilityAnswer" })
);

/** Reads what is asked for; `durations` are those that can be (null: any). Throws InvalidInput. */
export function askedOf(
  { date, from, to, duration, tz }: z.output<ReturnType<typeof slotParameters>>,
  profile: BookingProfile,
  durations: readonly number[] | null,
  now: number,
): AskedAvailability {
  const zone = tz ?? profile.timezone;
  return {
    timezone: zone,
    duration: durationOf(duration ?? profile.durations[0], durations),
    within: date === undefined
      ? spanOf(from, to, zone, now)
      : dayOf(date, zone, from === undefined && to === undefined),
  };
}

/** The slots that a user offers, for what is asked. Throws ProviderFailed when a calendar cannot be read. */
export async function slotsOf(
  call: Call,
  { id, profile, calendars }: Host,
  asked: AskedSlots,
  now: number,
): Promise<Span[]> {
  const part = bookablePart(profile, asked, now);
  if (part.within.start >= part.within.end) return [];
  const within = reachOf(profile, part);
  const [[busy], elsewhere] = await Promise.all([
    call.workspace.read([statement(busyTimes(id, profile, part))]),
    busyElsewhere(openingOf(call), { calendars, within, zone: profile.timezone }),
  ]);
  const { duration, within: starts } = part;
  return freeSlots(profile, duration, starts, [...rowsOf<Span>(busy), ...elsewhere]);
}

/** Slots as they are answered. */
export function shownSlots(
  { slug }: BookingProfile,
  { timezone: zone, duration }: AskedAvailability,
  slots: readonly Span[],
) {
  return {
    slug,
    timezone: zone,
    duration,
    slots: slots.map(({ start, end }) => ({
      start: new Date(start).toISOString(),
      end: new Date(end).toISOString(),
      start_local: localText(start, zone),
    })),
  };
}

function durationOf(duration: number, durations: readonly number[] | null): number {
  if (durations === null && duration >= SHORTEST) return duration;
  if (durations?.includes(duration)) return duration;
  throw mistake(
    "duration",
    durations === null
      ? `Must be a whole number of minutes from ${SHORTEST} to ${LONGEST}.`
      : `Must be one of ${durations.join(", ")}.`,
  );
}

function dayOf(date: string, zone: string, isAlone: boolean): Span {
  if (!isAlone) throw mistake("date", "Must not be given with from or to.");
  return { start: startOf(date, zone), end: startOf(dayAfter(known(date), 1), zone) };
}

function spanOf(
  from: DateOrTime | undefined,
  to: DateOrTime | undefined,
  zone: string,
  now: number,
): Span {
  const start = from === undefined ? now : edgeOf(from, zone, 0);
  const end = to === undefined ? start + DEFAULT_DAYS * DAY : edgeOf(to, zone, 1);
  if (start > end) throw mistake("from", "Must not be after to.");
  const most = Math.max(
    start + MOST_DAYS * DAY,
    instantOf(dayAfter(dayAt(start, zone), MOST_DAYS), 0, zone, "start"),
  );
  if (end > most) throw mistake("to", `Must be at most ${MOST_DAYS} days after from.`);
  return { start, end };
}

// A date is its whole day: it begins with its start, and ends with that of the next.
function edgeOf({ given, at }: DateOrTime, zone: string, days: 0 | 1): number {
  if (given.length === 10) return startOf(dayAfter(known(given), days), zone);
  return Math.min(Math.max(Date.parse(at.replace(/(\.\d{3})\d+/, "$1")), FIRST), LAST);
}

function startOf(day: string, zone: string): number {
  return instantOf(known(day), 0, zone, "start");
}

function known(day: string): string {
  const [first, last] = [FIRST, LAST].map((at) => new Date(at).toISOString().slice(0, 10));
  if (first !== undefined && day < first) return first;
  return last !== undefined && day > last ? last : day;
}

function mistake(field: string, message: string): InvalidInput {
  return new InvalidInput([{ field, message, in: "query" }]);
}
