import * as z from "zod";
import { lazy } from "../../memory/lazy.ts";
import type { Attendee, BusyTime, CalendarEvent, Span } from "./calendar.ts";
import { ianaZone, instantOf } from "./zoned.ts";

/** Optional text; an empty one is none. */
const text = () => z.string().nullish().transform((given) => given || null);

const moment = lazy(() => z.object({ dateTime: z.string(), timeZone: z.string().nullish() }));

/** An event as Microsoft has it (Graph: event). */
export const microsoftEvent = lazy(() =>
  z.object({
    id: z.string(),
    subject: text(),
    bodyPreview: text(),
    body: z.object({ contentType: z.string().nullish(), content: text() }).nullish(),
    start: moment(),
    end: moment(),
    isAllDay: z.boolean().nullish(),
    originalStartTimeZone: z.string().nullish(),
    showAs: z.string().nullish(),
    location: z.object({ displayName: text() }).nullish(),
    attendees: z.array(z.object({
      status: z.object({ response: z.string().nullish() }).nullish(),
      emailAddress: z.object({ name: text(), address: z.string().nullish() }).nullish(),
    })).nullish(),
    onlineMeeting: z.object({ joinUrl: text() }).nullish(),
    onlineMeetingUrl: text(),
  })
);

/** A page of them. */
export const microsoftEvents = lazy(() =>
  z.object({ value: z.array(microsoftEvent()), "@odata.nextLink": z.string().nullish() })
);

type Event = z.output<ReturnType<typeof microsoftEvent>>;
type Moment = z.output<ReturnType<typeof moment>>;

const STATUSES: Readonly<Record<string, Attendee["status"]>> = {
  organizer: "accepted",
  accepted: "accepted",
  tentativelyAccepted: "tentative",
  declined: "declined",
};

/** The time that an event keeps busy, if any; `zone` is of whole days that tell none of their own. */
export function microsoftBusy(event: Event, zone: string): BusyTime[] {
  const span = spanOf(event, zone);
  return span === null || event.showAs === "free" ? [] : [{ id: event.id, ...span }];
}

/** An event with its description as plain text, which `textOf` makes of HTML. */
export function shownMicrosoft(
  event: Event,
  zone: string,
  textOf: (html: string) => string,
): CalendarEvent[] {
  const span = spanOf(event, zone);
  if (span === null) return [];
  return [{
    id: event.id,
    title: event.subject,
    description: descriptionOf(event, textOf),
    ...span,
    isAllDay: event.isAllDay === true,
    timezone: ianaZone(event.originalStartTimeZone) ?? ianaZone(event.start.timeZone) ?? zone,
    location: event.location?.displayName ?? null,
    attendees: (event.attendees ?? []).flatMap(({ status, emailAddress }) =>
      emailAddress?.address == null ? [] : [{
        email: emailAddress.address,
        name: emailAddress.name,
        status: STATUSES[status?.response ?? ""] ?? "needs_action",
      }]
    ),
    meetingUrl: event.onlineMeeting?.joinUrl ?? event.onlineMeetingUrl,
    isBusy: event.showAs !== "free",
  }];
}

function spanOf(event: Event, zone: string): Span | null {
  const start = momentOf(event.start, event, zone);
  const end = momentOf(event.end, event, zone);
  return Number.isNaN(start) || Number.isNaN(end) ? null : { start, end };
}

/** Whole days are told as midnights whatever time zone is asked for: they are those of where they were made. */
function momentOf(
  { dateTime, timeZone }: Moment,
  { isAllDay, originalStartTimeZone }: Event,
  zone: string,
): number {
  const isMidnight = /T00:00:00(\.0+)?$/.test(dateTime);
  const own = isAllDay === true && isMidnight
    ? ianaZone(originalStartTimeZone) ?? zone
    : ianaZone(timeZone) ?? "UTC";
  return instantOf(dateTime, own);
}

function descriptionOf({ body, bodyPreview }: Event, textOf: (html: string) => string) {
  const content = body?.content ?? null;
  if (content === null) return bodyPreview;
  const plain = body?.contentType?.toLowerCase() === "text" ? content : textOf(content);
  return plain.trim() || null;
}
