import * as z from "zod";
import { lazy } from "../memory/lazy.ts";

const DAY = 86_400;
const LONGEST = 365 * DAY;
/** The seconds of each part; of a year and a month on average, as their number depends on when it is. */
const SECONDS = { Y: 365 * DAY, M: 365 * DAY / 12, W: 7 * DAY, D: DAY, TH: 3_600, TM: 60, TS: 1 };

type Part = keyof typeof SECONDS;

/** A duration (ISO 8601-1, 5.5.2.3) from a second to 365 days. */
export const duration = lazy(() =>
  z.iso.duration("Must be a duration of ISO 8601, such as PT1H or P3D")
    .refine((given) => {
      const seconds = secondsIn(given);
      return seconds >= 1 && seconds <= LONGEST;
    }, { message: "Must be from PT1S to P365D", when: ({ issues }) => issues.length === 0 })
    .meta({ format: "duration", examples: ["PT1H", "P3D"] })
);

/** As PostgreSQL reads it: a month is one of the calendar. */
export function intervalOf(given: string): string {
  return given.replace(",", ".");
}

function secondsIn(given: string): number {
  const [date = "", time = ""] = given.slice(1).split("T");
  const parts = (text: string, prefix: "" | "T") =>
    [...text.matchAll(/([\d.,]+)([YMWDHS])/g)].map(([, count = "", unit]) =>
      Number(count.replace(",", ".")) * (SECONDS[`${prefix}${unit}` as Part] ?? 0)
    );
  return [...parts(date, ""), ...parts(time, "T")].reduce((sum, one) => sum + one, 0);
}
