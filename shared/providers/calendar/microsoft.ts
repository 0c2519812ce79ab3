import * as z from "zod";
import { lazy } from "../../memory/lazy.ts";
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
import {
  microsoftBusy,
  microsoftEvent,
  microsoftEvents,
  shownMicrosoft,
} from "./microsoft-event.ts";
import { allPages, completed, readable, unreadable } from "./pages.ts";

const NAME = "Microsoft 365";
const EVENTS = "/me/events";
const VIEW = "/me/calendarView";
const IN_UTC = { Prefer: 'outlook.timezone="UTC"' };
const BUSY_FIELDS = "id,showAs,isAllDay,start,end,originalStartTimeZone";
const NOT_FOUND = 404;
/** No zone of the earth is further from UTC: whole days are found that begin or end in any of them. */
const WIDEST_MS = 14 * 3_600_000;
/** A property of events that are made from here, which tells their key. */
const KEY = "String {7c6a3d0e-2b5f-4f0c-9c0a-5d4f1f6b8e21} Name LumenbaseKey";

const failure = z.looseObject({ error: z.looseObject({ code: z.string() }) });
const made = lazy(() => z.object({ id: z.string() }));
const found = lazy(() => z.object({ value: z.array(made()) }));

/** Microsoft Graph, v1.0, entered by an account. */
export function graph(
  env: Readonly<Record<string, string | undefined>>,
  access: Access,
): Service {
  return {
    name: NAME,
    url: baseUrl(env.MICROSOFT_GRAPH_URL, "https://graph.microsoft.com/v1.0"),
    access,
    codeOf: (body) => failure.safeParse(body).data?.error.code ?? null,
  };
}

/** The query of the page that a link leads to, on whichever host: the path stays. */
export function nextQuery(link: string | null | undefined): string | null {
  return link != null && URL.canParse(link) ? new URL(link).search.slice(1) : null;
}

/** The user's default calendar. */
export class MicrosoftCalendar implements Calendar {
  readonly #service: Service;

  constructor(env: Readonly<Record<string, string | undefined>>, access: Access) {
    this.#service = graph(env, access);
  }

  async events(reading: Reading): Promise<CalendarEvent[]> {
    const { textOfHtml } = await import("../mail/text-of-html.ts");
    return (await this.#listed(reading, { $top: "50", $orderby: "start/dateTime" }))
      .flatMap((event) => shownMicrosoft(event, reading.zone, textOfHtml))
      .filter((event) => overlaps(event, reading.within));
  }

  async busyTimes(reading: Reading): Promise<BusyTime[]> {
    const all = await this.#listed(reading, { $top: "500", $select: BUSY_FIELDS });
    return all.flatMap((event) => microsoftBusy(event, reading.zone));
  }

  async add(event: string, zone: string, key?: string): Promise<CalendarEvent> {
    const { textOfHtml } = await import("../mail/text-of-html.ts");
    const isKeyed = key !== undefined && !hasKey(event);
    const bytes = isKeyed ? event.replace("{", `{"transactionId":"${key}",`) : event;
    const body = { type: "application/json", bytes };
    const told = completed(await this.#ask({ method: "POST", path: EVENTS, body }), event);
    const [shown] = shownMicrosoft(readable(NAME, microsoftEvent(), told), zone, textOfHtml);
    if (shown === undefined) throw unreadable(NAME, "answered what cannot be read");
    return shown;
  }

  async make(key: EventKey, text: EventText): Promise<string> {
    const json = {
      ...bodyOf(text),
      transactionId: valueOf(key),
      singleValueExtendedProperties: [{ id: KEY, value: valueOf(key) }],
    };
    return readable(NAME, made(), await this.#ask({ method: "POST", path: EVENTS, json })).id;
  }

  async find(key: EventKey): Promise<string | null> {
    const filter = `singleValueExtendedProperties/Any(ep: ep/id eq '${KEY}' and ep/value eq '${
      valueOf(key)
    }')`;
    const query = `$filter=${encodeURIComponent(filter)}&$select=id`;
    const answer = await this.#ask({ method: "GET", path: `${EVENTS}?${query}` });
    return readable(NAME, found(), answer).value[0]?.id ?? null;
  }

  async change(id: string, text: EventText): Promise<boolean> {
    const request = { method: "PATCH" as const, path: pathOf(id), json: bodyOf(text) };
    return (await this.#ask(request, [NOT_FOUND])).status !== NOT_FOUND;
  }

  async remove(id: string): Promise<void> {
    await this.#ask({ method: "DELETE", path: pathOf(id) }, [NOT_FOUND]);
  }

  #ask(request: ServiceRequest, expected: readonly number[] = []): Promise<ServiceAnswer> {
    return askService(this.#service, { headers: IN_UTC, ...request }, expected);
  }

  #listed({ within, signal }: Reading, more: Record<string, string>) {
    const query = new URLSearchParams({ ...timesOf(within), ...more }).toString();
    return allPages(NAME, query, async (asked) => {
      const answer = await this.#ask({ method: "GET", path: `${VIEW}?${asked}`, signal });
      const { value, "@odata.nextLink": link } = readable(NAME, microsoftEvents(), answer);
      return { items: value, next: nextQuery(link) };
    });
  }
}

function pathOf(id: string): string {
  return `${EVENTS}/${encodeURIComponent(id)}`;
}

/** What tells an event that is made from here, by the key and how many of it have gone. */
function valueOf({ key, generation }: EventKey): string {
  return generation === 0 ? key : `${key}-${generation}`;
}

function timesOf({ start, end }: Span): Record<string, string> {
  return {
    startDateTime: new Date(start - WIDEST_MS).toISOString(),
    endDateTime: new Date(end + WIDEST_MS).toISOString(),
  };
}

function hasKey(event: string): boolean {
  return Object.hasOwn(JSON.parse(event) as object, "transactionId");
}

// Without attendees: the service would invite them, who are invited from here.
function bodyOf({ title, description, location, start, end }: EventText) {
  return {
    subject: title,
    body: { contentType: "text", content: description ?? "" },
    start: momentOf(start),
    end: momentOf(end),
    isAllDay: false,
    location: { displayName: location ?? "" },
    showAs: "busy",
  };
}

function momentOf(at: number) {
  return { dateTime: new Date(at).toISOString().replace("Z", ""), timeZone: "UTC" };
}
