import * as z from "zod";
import { lazy } from "../../memory/lazy.ts";
import type { Attendee, BusyTime, CalendarEvent, Span } from "./calendar.ts";
import { ianaZone, instantOf } from "./zoned.ts";

/** Optional text; an empty one is none. */
const text = () => z.string().nullish().transform((given) => given || null);

const moment = lazy(() =>
  z.object({
    date: z.string().nullish(),
    dateTime: z.string().nullish(),
    timeZone: z.string().nullish(),
  })
);

/** An event as Google has it (Calendar API: Events). One that was cancelled may have an id alone. */
export const googleEvent = lazy(() =>
  z.object({
    id: z.string(),
    status: z.string().nullish(),
    summary: text(),
    description: text(),
    location: text(),
    start: moment().nullish(),
    end: moment().nullish(),
    transparency: z.string().nullish(),
    hangoutLink: text(),
    conferenceData: z.object({
      entryPoints: z.array(z.object({ entryPointType: z.string().nullish(), uri: text() }))
        .nullish(),
    }).nullish(),
    attendees: z.array(z.object({
      email: z.string().nullish(),
      displayName: text(),
      responseStatus: z.string().nullish(),
    })).nullish(),
  })
);

/** A page of them. */
export const googleEvents = lazy(() =>
  z.object({
    timeZone: z.string().nullish(),
    nextPageToken: z.string().nullish(),
    items: z.array(googleEvent()),
  })
);

type Event = z.output<ReturnType<typeof googleEvent>>;
type Moment = z.output<ReturnType<typeof moment>>;

const STATUSES: Readonly<Record<string, Attendee["status"]>> = {
  accepted: "accepted",
  tentative: "tentative",
  declined: "declined",
};

/** When an event takes place; null for one that does not tell, as it was cancelled. */
function googleSpan({ start, end }: Event, zone: string): Span | null {
  const from = start && momentOf(start, zone);
  const to = end && momentOf(end, zone);
  return from == null || to == null ? null : { start: from, end: to };
}

/** Whether it keeps its user from others: transparent events do not, nor cancelled ones. */
function isBusy({ status, transparency }: Event): boolean {
  return status !== "cancelled" && transparency !== "transparent";
}

/** The time that an event keeps busy, if any. */
export function googleBusy(event: Event, zone: string): BusyTime[] {
  const span = googleSpan(event, zone);
  return span === null || !isBusy(event) ? [] : [{ id: event.id, ...span }];
}

/** An event of a calendar in a time zone. */
export function shownGoogle(event: Event, zone: string): CalendarEvent[] {
  const span = googleSpan(event, zone);
  if (span === null) return [];
  const video = event.conferenceData?.entryPoints?.find((one) => one.entryPointType === "video");
  return [{
    id: event.id,
    title: event.summary,
    description: event.description,
    ...span,
    isAllDay: event.start?.date != null,
    timezone: ianaZone(event.start?.timeZone) ?? zone,
    location: event.location,
    attendees: (event.attendees ?? []).flatMap(({ email, displayName, responseStatus }) =>
      email == null
        ? []
        : [{ email, name: displayName, status: STATUSES[responseStatus ?? ""] ?? "needs_action" }]
    ),
    meetingUrl: event.hangoutLink ?? video?.uri ?? null,
    isBusy: isBusy(event),
  }];
}

/** Whole days are those of the calendar's time zone. */
function momentOf({ date, dateTime, timeZone }: Moment, zone: string): number | null {
  const at = dateTime != null
    ? instantOf(dateTime, ianaZone(timeZone) ?? zone)
    : date == null
    ? NaN
    : instantOf(date, zone);
  return Number.isNaN(at) ? null : at;
}
