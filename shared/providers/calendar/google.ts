import * as z from "zod";
import { askService, type ServiceAnswer, type ServiceRequest } from "../outgoing/ask-service.ts";
import { type Access, baseUrl, type Service } from "../outgoing/service.ts";
import {
  type BusyTime,
  type Calendar,
  type CalendarEvent,
  type EventKey,
  type EventText,
  overlaps,
  type Reading,
  type Span,
} from "./calendar.ts";
import { googleBusy, googleEvent, googleEvents, shownGoogle } from "./google-event.ts";
import { allPages, completed, readable, unreadable } from "./pages.ts";
import { ianaZone } from "./zoned.ts";

const NAME = "Google Calendar";
const EVENTS = "/calendars/primary/events";
const BUSY_FIELDS = "timeZone,nextPageToken,items(id,status,transparency,start,end)";
const NOT_FOUND = 404;
const CONFLICT = 409;
/** Of an event that was deleted before. */
const GONE = 410;
/** Of those that a description may have. */
const MOST_DESCRIPTION = 8_000;

const failure = z.looseObject({
  error: z.looseObject({
    errors: z.array(z.looseObject({ reason: z.string().nullish() })).nullish(),
    status: z.string().nullish(),
  }),
});

/** The user's primary calendar (Google Calendar API, v3). */
export class GoogleCalendar implements Calendar {
  readonly #service: Service;

  constructor(env: Readonly<Record<string, string | undefined>>, access: Access) {
    this.#service = {
      name: NAME,
      url: baseUrl(env.GOOGLE_CALENDAR_URL, "https://www.googleapis.com/calendar/v3"),
      access,
      codeOf(body) {
        const { errors, status } = failure.safeParse(body).data?.error ?? {};
        return errors?.[0]?.reason ?? status ?? null;
      },
    };
  }

  async events(reading: Reading): Promise<CalendarEvent[]> {
    const all = await this.#listed(reading, { maxResults: "250" });
    return all.flatMap(({ event, zone }) => shownGoogle(event, zone))
      .filter((event) => overlaps(event, reading.within));
  }

  async busyTimes(reading: Reading): Promise<BusyTime[]> {
    const all = await this.#listed(reading, { maxResults: "2500", fields: BUSY_FIELDS });
    return all.flatMap(({ event, zone }) => googleBusy(event, zone));
  }

  async add(event: string, zone: string, key?: string): Promise<CalendarEvent> {
    // One that comes with an id of its own is made once by that.
    const id = key === undefined || hasId(event) ? null : idOf({ key, generation: 0 });
    const bytes = id === null ? event : event.replace("{", `{"id":"${id}",`);
    const body = { type: "application/json", bytes };
    const expected = id === null ? [] : [CONFLICT];
    const made = await this.#ask({ method: "POST", path: EVENTS, body }, expected);
    const answer = made.status === CONFLICT
      ? await this.#ask({ method: "GET", path: `${EVENTS}/${id}` })
      : made;
    const told = completed(answer, event);
    const [shown] = shownGoogle(readable(NAME, googleEvent(), told), zone);
    if (shown === undefined) throw unreadable(NAME, "answered what cannot be read");
    return shown;
  }

  async make(key: EventKey, text: EventText): Promise<string> {
    const id = idOf(key);
    const json = { id, ...bodyOf(text) };
    const { status } = await this.#ask({ method: "POST", path: EVENTS, json }, [CONFLICT]);
    if (status === CONFLICT && !await this.change(id, text)) {
      throw unreadable(NAME, "has the event and has it not");
    }
    return id;
  }

  find(key: EventKey): Promise<string | null> {
    return Promise.resolve(idOf(key));
  }

  async change(id: string, text: EventText): Promise<boolean> {
    const request = { method: "PATCH" as const, path: pathOf(id), json: changeOf(text) };
    const { status } = await this.#ask(request, [NOT_FOUND, GONE]);
    return status !== NOT_FOUND && status !== GONE;
  }

  async remove(id: string): Promise<void> {
    await this.#ask({ method: "DELETE", path: pathOf(id) }, [NOT_FOUND, GONE]);
  }

  #ask(request: ServiceRequest, expected: readonly number[] = []): Promise<ServiceAnswer> {
    return askService(this.#service, request, expected);
  }

  /** Events, each with the zone of the calendar. */
  #listed({ within, zone, signal }: Reading, more: Record<string, string>) {
    const query = new URLSearchParams({ ...timesOf(within), ...more });
    return allPages(NAME, query.toString(), async (asked) => {
      const answer = await this.#ask({ method: "GET", path: `${EVENTS}?${asked}`, signal });
      const { items, nextPageToken, timeZone } = readable(NAME, googleEvents(), answer);
      const own = ianaZone(timeZone) ?? zone;
      query.set("pageToken", nextPageToken ?? "");
      const next = nextPageToken == null ? null : query.toString();
      return { items: items.map((event) => ({ event, zone: own })), next };
    });
  }
}

function pathOf(id: string): string {
  return `${EVENTS}/${encodeURIComponent(id)}`;
}

// Fractions of seconds are ignored there, so that what ends within one is asked for with all of it.
function timesOf({ start, end }: Span): Record<string, string> {
  return {
    timeMin: new Date(Math.floor(start / 1_000) * 1_000).toISOString(),
    timeMax: new Date(Math.ceil(end / 1_000) * 1_000).toISOString(),
    singleEvents: "true",
    orderBy: "startTime",
  };
}

/** An id of the characters that it may have (base32hex, RFC 2938). */
function idOf({ key, generation }: EventKey): string {
  const hex = key.replaceAll("-", "").toLowerCase();
  return generation === 0 ? hex : `${hex}v${generation}`;
}

function hasId(event: string): boolean {
  return Object.hasOwn(JSON.parse(event) as object, "id");
}

/** What is changed of an event, which may have become one of whole days. */
function changeOf(text: EventText) {
  const body = bodyOf(text);
  const timed = (moment: object) => ({ ...moment, date: null });
  return { ...body, start: timed(body.start), end: timed(body.end) };
}

function bodyOf({ title, description, location, start, end }: EventText) {
  return {
    status: "confirmed",
    summary: title,
    // A description is HTML there, and what a visitor wrote is none.
    description: escaped((description ?? "").slice(0, MOST_DESCRIPTION)),
    location: location ?? "",
    start: { dateTime: new Date(start).toISOString() },
    end: { dateTime: new Date(end).toISOString() },
    transparency: "opaque",
  };
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
