import * as z from "zod";
import { lazy } from "../../memory/lazy.ts";

const FIRST = Date.parse("0001-01-01T00:00:00Z");
const LAST = Date.parse("9999-12-31T23:59:59.999Z");
// PostgreSQL knows offsets of less than 16 hours, and rounds to six digits.
const FAR_OFFSET = /[+-](?:1[6-9]|2\d):\d\d$/;
const ROUNDED_UP = /\.9{6}[5-9]/;

/** A point in time, RFC 3339 with its offset from UTC, whose year in UTC has four digits. */
export const instant = lazy(() =>
  z.iso.datetime({
    offset: true,
    error: "Must be a time with its offset, such as 2026-01-15T10:30:00Z",
  }).refine((given) => !FAR_OFFSET.test(given), "Must have an offset of at most 15:59 from UTC")
    .refine((given) => {
      const time = Date.parse(given) + (ROUNDED_UP.test(given) ? 1 : 0);
      return !(time < FIRST || time > LAST);
    }, "Must be a time of the years 0001 to 9999 in UTC").meta({
      id: "Time",
      description:
        "A time with its offset of at most 15:59 from UTC (RFC 3339), in the years 0001 " +
        "to 9999 of UTC.",
      pattern: "^(?!0000).{10}T.*(?:Z|[+-](?:0\\d|1[0-5]):\\d\\d)$",
      examples: ["2026-01-15T10:30:00Z", "2026-01-15T10:30:00.25+01:00"],
    })
);
