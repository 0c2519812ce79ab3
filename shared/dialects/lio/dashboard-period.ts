import * as z from "zod";
import type { Period } from "../../crm/dashboard.ts";
import { lazy } from "../../memory/lazy.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import { type DateOrTime, dateOrTime } from "./dates.ts";

const USUAL_DAYS = 30;
const DAY_MS = 86_400_000;
const FIRST_DAY = "0001-01-01";

/** The parameters of what is of a period of days. */
export const periodParameters = lazy(() =>
  z.strictObject({
    start_date: dateOrTime().optional().meta({
      description: "The first day, in UTC; else so that it is 30 days.",
    }),
    end_date: dateOrTime().optional().meta({ description: "The last day, in UTC; else today." }),
  })
);

/** The schema of a period as it is answered. */
export const periodSchema = lazy(() =>
  z.object({ start_date: z.iso.date(), end_date: z.iso.date() })
);

/**
 * The days of checked parameters, the last 30 unless they are given, of `most` days at most. Throws
 * InvalidInput.
 */
export function periodOf(
  { start_date, end_date }: {
    start_date?: DateOrTime | undefined;
    end_date?: DateOrTime | undefined;
  },
  most = Number.POSITIVE_INFINITY,
): Period {
  const to = end_date ? dayOf(end_date.at) : dayOf(new Date().toISOString());
  const from = start_date ? dayOf(start_date.at) : daysBefore(to, USUAL_DAYS - 1);
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  const message = days < 1
    ? `Must not be after ${end_date ? "end_date" : "today, as there is no end_date"}.`
    : days > most
    ? `Must not be after end_date less ${most - 1} days: a period has at most ${most}.`
    : undefined;
  if (message === undefined) return { from, to };
  throw new InvalidInput([{ field: "start_date", message, in: "query" }]);
}

/** A period as it is answered. */
export function shownPeriod({ from, to }: Period): { start_date: string; end_date: string } {
  return { start_date: from, end_date: to };
}

// Of UTC, whatever the offset.
function dayOf(time: string): string {
  return new Date(time).toISOString().slice(0, 10);
}

function daysBefore(day: string, days: number): string {
  const before = new Date(Date.parse(day) - days * DAY_MS);
  return before.getUTCFullYear() < 1 ? FIRST_DAY : before.toISOString().slice(0, 10);
}
