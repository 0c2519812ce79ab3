import * as PlainDate from "temporal-polyfill/fns/PlainDate";
import * as PlainDateTime from "temporal-polyfill/fns/PlainDateTime";
import * as ZonedDateTime from "temporal-polyfill/fns/ZonedDateTime";

/** Which end of an interval a local time is, where it exists twice. */
export type Edge = "start" | "end";

type Zoned = ReturnType<typeof PlainDateTime.toZonedDateTime>;

/**
 * The instant (Unix milliseconds) of a minute of a local day, 1,440 being its end. A time that does not exist
 * is when the clocks jump over it; of one that exists twice a start is the first, an end the second.
 */
export function instantOf(day: string, minute: number, zone: string, edge: Edge): number {
  const local = PlainDateTime.addMinutes(PlainDate.toPlainDateTime(dateOf(day)), minute);
  const earlier = PlainDateTime.toZonedDateTime(local, zone, { disambiguation: "earlier" });
  const later = PlainDateTime.toZonedDateTime(local, zone, { disambiguation: "later" });
  if (earlier.epochMilliseconds === later.epochMilliseconds) return later.epochMilliseconds;
  const exists = PlainDateTime.equals(ZonedDateTime.toPlainDateTime(earlier), local);
  if (!exists) return jumpAfter(earlier).epochMilliseconds;
  return (edge === "start" ? earlier : later).epochMilliseconds;
}

/** The local day (`YYYY-MM-DD`) of an instant. */
export function dayAt(instant: number, zone: string): string {
  return localText(instant, zone).slice(0, 10);
}

/** The day a number of days later. */
export function dayAfter(day: string, days: number): string {
  return PlainDate.toString(PlainDate.addDays(dateOf(day), days));
}

/** The day of the week, 0 of a Monday. */
export function weekdayOf(day: string): number {
  return PlainDate.dayOfWeek(dateOf(day)) - 1;
}

/** An instant as a local time to the second, with its offset: `2027-03-28T09:00:00+02:00`. */
export function localText(instant: number, zone: string): string {
  const at = ZonedDateTime.create(BigInt(instant) * 1_000_000n, zone);
  return ZonedDateTime.toString(at, { timeZoneName: "never", fractionalSecondDigits: 0 });
}

function jumpAfter(before: Zoned): Zoned {
  const jump = ZonedDateTime.getTimeZoneTransition(before, "next");
  if (jump === null) throw new Error("a local time is skipped where the clocks do not change");
  return jump;
}

function dateOf(day: string) {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  return PlainDate.create(year, month, date);
}
