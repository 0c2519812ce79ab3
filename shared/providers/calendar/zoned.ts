import * as PlainDateTime from "temporal-polyfill/fns/PlainDateTime";
import { WINDOWS_ZONES } from "./windows-zones.ts";

const LOCAL = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3})\d*)?)?)?$/;
const WITH_OFFSET = /(?:Z|[+-]\d\d:?\d\d)$/i;

/**
 * The instant (Unix milliseconds) of a time as text: as its offset says, else in a time zone, where one that
 * does not exist is as much later. A date is the start of its day. NaN for what is no time.
 */
export function instantOf(text: string, zone: string): number {
  if (text.length > 10 && WITH_OFFSET.test(text)) return Date.parse(text);
  const parts = LOCAL.exec(text);
  if (parts === null) return NaN;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1, 7)
    .map((part) => Number(part ?? 0));
  const milliseconds = Number((parts[7] ?? "").padEnd(3, "0"));
  try {
    const local = PlainDateTime.create(year, month, day, hour, minute, second, milliseconds);
    return PlainDateTime.toZonedDateTime(local, zone).epochMilliseconds;
  } catch (error) {
    if (error instanceof RangeError) return NaN;
    throw error;
  }
}

/** A time zone of IANA by its name there or in Windows; null for what is neither. */
export function ianaZone(name: string | null | undefined): string | null {
  if (typeof name !== "string" || name === "") return null;
  const known = WINDOWS_ZONES.get(name);
  if (known !== undefined) return known;
  // What Microsoft calls a zone that is none of Windows.
  if (/^tzone:\/\/Microsoft\/Utc$/i.test(name)) return "UTC";
  try {
    return /^[A-Za-z]/.test(name)
      ? Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone
      : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
