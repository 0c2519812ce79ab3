import * as z from "zod";
import { MOST_OVERLAP_SECONDS } from "../../../shared/crm/keys/key-api.ts";
import { quoted, Refusal } from "./refusal.ts";

const UNITS: Record<string, number> = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };
const LAST_MS = Date.parse("9999-12-31T23:59:59Z");

/** Reads when a key expires: a time of RFC 3339, a date (its start in UTC), or a duration. */
export function expiry(text: string, now = Date.now()): Date {
  const seconds = duration(text);
  const time = seconds === null ? dateTime(text) : now + seconds * 1_000;
  if (time === null || time > LAST_MS) {
    throw new Refusal(
      "invalid_argument",
      `--expires ${quoted(text)} is not a time: give one like 2030-01-31T09:00:00Z, a date like ` +
        "2030-01-31, or a duration from now like 90d or 12h.",
    );
  }
  if (time > now) return new Date(time);
  throw new Refusal(
    "invalid_argument",
    `--expires ${quoted(text)} is not in the future: give a later time, or leave --expires out ` +
      "for a key that does not expire.",
  );
}

/** Reads how long both keys or tokens of a rotation work, in seconds. */
export function overlap(text: string): number {
  const seconds = text === "0" ? 0 : duration(text);
  if (seconds !== null && seconds <= MOST_OVERLAP_SECONDS) return seconds;
  throw new Refusal(
    "invalid_argument",
    `--overlap ${quoted(text)} is not a duration from 0 to 30d: write it like 24h, 90m or 7d, or ` +
      "0 to end the old one at once.",
  );
}

function duration(text: string): number | null {
  const [, count, unit = ""] = /^(\d{1,9})([smhdw])$/.exec(text) ?? [];
  return count === undefined ? null : Number(count) * (UNITS[unit] ?? 0);
}

function dateTime(text: string): number | null {
  // RFC 3339 allows lower-case letters and a space, which the schema does not.
  const upper = text.toUpperCase().replace(" ", "T");
  const known = z.union([z.iso.datetime({ offset: true }), z.iso.date()]).safeParse(upper);
  return known.success ? Date.parse(upper) : null;
}
