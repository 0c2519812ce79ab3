import type { Calendar } from "../../providers/calendar/calendar.ts";
import { GoogleCalendar } from "../../providers/calendar/google.ts";
import { MicrosoftCalendar } from "../../providers/calendar/microsoft.ts";
import type { Opening, Which } from "../account.ts";
import { openAccount } from "../open-account.ts";

/** The services whose calendars users connect. */
export type CalendarProvider = "google" | "microsoft";

const CALENDARS = { google: GoogleCalendar, microsoft: MicrosoftCalendar };

/** The calendar of an account; null where none is connected. Throws without an encryption key. */
export async function openCalendar(opening: Opening, which: Which): Promise<Calendar | null> {
  const account = await openAccount(opening, which);
  if (account === null) return null;
  const { provider, access } = account;
  if (provider !== "google" && provider !== "microsoft") {
    throw new Error(`An account of ${provider} has no calendar.`);
  }
  return new CALENDARS[provider](opening.env, access);
}
