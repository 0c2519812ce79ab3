import * as z from "zod";
import { calendarEvents } from "../../crm/calendar-events.ts";
import { column, lookup, number } from "../../crm/views/codecs.ts";
import { view } from "../../crm/views/view.ts";
import { sql } from "../../db/sql.ts";
import { lazy } from "../../memory/lazy.ts";
import type { CalendarProvider } from "../../connected/calendars/open-calendar.ts";
import type { CalendarEvent } from "../../providers/calendar/calendar.ts";
import { time } from "./codecs.ts";
import { sortedBy } from "./linked-codecs.ts";

/** An event of a user's calendar here, as this API names it. */
export const event = view(calendarEvents, {
  id: number(),
  provider: lookup(() => z.literal("internal"), () => sql`select 'internal'`),
  title: column(),
  description: column(),
  start: sortedBy("start_time", time("start_time")),
  end: time("end_time"),
  all_day: column(),
  timezone: column(),
  location: column(),
  attendees: column(),
  meeting_url: lookup(() => z.string().nullable(), () => sql`select null`),
  busy: column(),
});

/** The schema of an event of any calendar. */
export const anyEvent = lazy(() =>
  event.schema.extend({
    id: z.union([z.int(), z.string()]).meta({ description: "Of another service its own." }),
    provider: z.enum(["internal", "google", "microsoft"]),
    title: z.string().nullable(),
    attendees: z.array(z.object({
      email: z.string(),
      name: z.string().nullable(),
      status: z.enum(["needs_action", "accepted", "tentative", "declined"]),
    })),
  }).meta({ id: "CalendarEvent" })
);

/** An event of another service, named alike. */
export function shownEvent(provider: CalendarProvider, one: CalendarEvent) {
  return {
    id: one.id,
    provider,
    title: one.title,
    description: one.description,
    start: new Date(one.start).toISOString(),
    end: new Date(one.end).toISOString(),
    all_day: one.isAllDay,
    timezone: one.timezone,
    location: one.location,
    attendees: one.attendees,
    meeting_url: one.meetingUrl,
    busy: one.isBusy,
  };
}
