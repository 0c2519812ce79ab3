import { Temporal } from "temporal-polyfill";
import type { Json } from "../api-client.ts";
import type { Answered, Seen } from "./lasting-stand-in.ts";
import { graphRefusal } from "./microsoft-refusal.ts";

const ISO_8601 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/;
const PAGE = 3;
const FILTER =
  /^singleValueExtendedProperties\/Any\(ep: ep\/id eq '([^']+)' and ep\/value eq '([^']+)'\)$/;
/** Those of Windows that tests name. */
const ZONES: Record<string, string> = {
  "W. Europe Standard Time": "Europe/Berlin",
  "Pacific Standard Time": "America/Los_Angeles",
};

const calendars = new Map<string, Map<string, Json>>();

/** What Microsoft Graph answers about the calendar of a token; null for what is about something else. */
export function calendarOfGraph(
  request: Seen,
  { token, what }: { token: string; what: string },
  base: string,
): Answered | null {
  const { method, path } = request;
  const events = calendars.get(token) ?? new Map<string, Json>();
  calendars.set(token, events);
  if (path === "/v1.0/me/calendarView") {
    return method === "GET" ? viewed(request, events, base) : graphRefusal(405, "BadRequest");
  }
  if (path === "/v1.0/me/events") {
    return method === "POST" ? created(request, events) : searched(request, events);
  }
  if (!path.startsWith("/v1.0/me/events/")) return null;
  const id = decodeURIComponent(path.slice("/v1.0/me/events/".length));
  const event = events.get(id);
  if (event === undefined) return graphRefusal(404, "ErrorItemNotFound");
  if (method === "PATCH" && what === "forgetful" || method === "DELETE") {
    events.delete(id);
    return method === "DELETE" ? { status: 204 } : graphRefusal(404, "ErrorItemNotFound");
  }
  if (method !== "PATCH") return { status: 200, body: shown(event) };
  const { transactionId: _, ...given } = JSON.parse(request.body.toString());
  events.set(id, { ...event, ...given });
  return { status: 200, body: shown(events.get(id)) };
}

/** List calendarView. */
function viewed({ query, headers }: Seen, events: Map<string, Json>, base: string): Answered {
  const [from, to] = [query.get("startDateTime") ?? "", query.get("endDateTime") ?? ""];
  if (!ISO_8601.test(from) || !ISO_8601.test(to)) return graphRefusal(400, "ErrorInvalidParameter");
  if (headers.prefer !== 'outlook.timezone="UTC"') return graphRefusal(400, "ErrorInvalidRequest");
  const within = [...events.values()].flatMap(occurrences)
    .filter(({ start, end }) => utc(end) > Date.parse(from) && utc(start) < Date.parse(to))
    .toSorted((one, other) => utc(one.start) - utc(other.start));
  const first = Number(query.get("$skip") ?? 0);
  const last = first + Math.min(PAGE, Number(query.get("$top") ?? 10));
  const next = new URLSearchParams(query);
  next.set("$skip", String(last));
  const fields = query.get("$select")?.split(",");
  return {
    status: 200,
    headers: { "preference-applied": 'outlook.timezone="UTC"' },
    body: {
      value: within.slice(first, last).map(shown).map((event) =>
        fields === undefined
          ? event
          : Object.fromEntries(Object.entries(event).filter(([name]) => fields.includes(name)))
      ),
      ...last < within.length ? { "@odata.nextLink": `${base}/v1.0/me/calendarView?${next}` } : {},
    },
  };
}

/** Create event: one with a transactionId that was there before is not made again. */
function created({ headers, body }: Seen, events: Map<string, Json>): Answered {
  if (!String(headers["content-type"]).startsWith("application/json")) {
    return graphRefusal(415, "RequestBodyRead");
  }
  const given = JSON.parse(body.toString());
  if (!isMoment(given.start) || !isMoment(given.end)) {
    return graphRefusal(400, "ErrorPropertyValidationFailure");
  }
  const same = [...events.values()].find(({ transactionId }) =>
    transactionId !== undefined && transactionId === given.transactionId
  );
  const event = same ?? {
    showAs: "busy",
    isAllDay: false,
    originalStartTimeZone: given.start.timeZone ?? "UTC",
    ...given,
    id: `AAMk${crypto.randomUUID()}`,
  };
  events.set(event.id, event);
  return { status: 201, body: shown(event) };
}

/** List events, by an extended property. */
function searched({ query }: Seen, events: Map<string, Json>): Answered {
  const [, id, value] = FILTER.exec(query.get("$filter") ?? "") ?? [];
  if (id === undefined) return graphRefusal(400, "ErrorInvalidUrlQueryFilter");
  const found = [...events.values()].filter(({ singleValueExtendedProperties: properties = [] }) =>
    properties.some((one: Json) => one.id === id && one.value === value)
  );
  return { status: 200, body: { value: found.map(({ id: its }) => ({ id: its })) } };
}

/** An event as often as it takes place: daily, so many times. */
function occurrences(event: Json): Json[] {
  const count = event.recurrence?.range?.numberOfOccurrences ?? 1;
  return Array.from({ length: count }, (_, day) => {
    const later = (moment: Json) => ({
      ...moment,
      dateTime: Temporal.PlainDateTime.from(moment.dateTime).add({ days: day }).toString(),
    });
    if (count === 1) return event;
    return { ...event, id: `${event.id}_${day}`, start: later(event.start), end: later(event.end) };
  });
}

/** In UTC, as it was preferred; whole days are midnights in any zone. */
function shown(event: Json): Json {
  const { transactionId: _, singleValueExtendedProperties: __, ...told } = event;
  const moment = ({ dateTime, timeZone }: Json) => ({
    dateTime: event.isAllDay
      ? `${dateTime.slice(0, 10)}T00:00:00.0000000`
      : new Date(utc({ dateTime, timeZone })).toISOString().replace("Z", "0000"),
    timeZone: "UTC",
  });
  return { ...told, start: moment(event.start), end: moment(event.end) };
}

function isMoment(moment: Json): boolean {
  return ISO_8601.test(moment?.dateTime ?? "");
}

function utc({ dateTime, timeZone = "UTC" }: Json): number {
  if (/Z|[+-]\d\d:\d\d$/.test(dateTime)) return Date.parse(dateTime);
  return Temporal.PlainDateTime.from(dateTime).toZonedDateTime(ZONES[timeZone] ?? timeZone)
    .epochMilliseconds;
}
