import { Temporal } from "temporal-polyfill";
import type { Json } from "../api-client.ts";
import { faulty, onItsWay, tokenOf } from "./calendar-faults.ts";
import { type Answered, lastingStandIn, type Seen } from "./lasting-stand-in.ts";

const EVENTS = "/calendar/v3/calendars/primary/events";
const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
/** A service may answer fewer than it was asked for. */
const PAGE = 3;
const ID = /^[a-v0-9]{5,1024}$/;

/** The calendars of each token; that of `google-berlin-…` has its zone there. */
const calendars = new Map<string, Map<string, Json>>();

/** Starts a stand-in of Google's Calendar API, v3, which takes any token `google-…-…`. */
export async function googleCalendarStandIn() {
  const service = await lastingStandIn(async (request) => {
    const token = tokenOf(request, "google");
    if (token === null) return refusal(401, "authError");
    const reasons: Record<number, string> = { 401: "authError", 429: "rateLimitExceeded" };
    const fault = await faulty(
      request,
      token,
      (status) => refusal(status, reasons[status] ?? "backendError"),
    );
    return fault ?? onItsWay(request, token, answered(request, token));
  });
  return {
    environment: { GOOGLE_CALENDAR_URL: `${service.url}/calendar/v3` },
    stop: service.stop,
  };
}

function answered(request: Seen, { token, what }: { token: string; what: string }): Answered {
  const { method, path } = request;
  const events = calendars.get(token) ?? new Map<string, Json>();
  calendars.set(token, events);
  const zone = what === "berlin" ? "Europe/Berlin" : "UTC";
  if (path === EVENTS) {
    if (method === "GET") return listed(request, events, zone);
    return method === "POST" ? inserted(request, events) : refusal(405, "methodNotAllowed");
  }
  const id = decodeURIComponent(path.slice(EVENTS.length + 1));
  const event = events.get(id);
  if (!path.startsWith(`${EVENTS}/`) || event === undefined) return refusal(404, "notFound");
  if (method === "GET") return { status: 200, body: event };
  if (method === "PATCH") {
    if (what === "forgetful") {
      events.delete(id);
      return refusal(404, "notFound");
    }
    return patched(request, events, event);
  }
  if (method !== "DELETE") return refusal(405, "methodNotAllowed");
  if (event.status === "cancelled") return refusal(410, "deleted");
  event.status = "cancelled";
  return { status: 204 };
}

/** Events: list. */
function listed({ query }: Seen, events: Map<string, Json>, zone: string): Answered {
  const [from, to] = [query.get("timeMin") ?? "", query.get("timeMax") ?? ""];
  if (!RFC_3339.test(from) || !RFC_3339.test(to)) return refusal(400, "badRequest");
  if (Date.parse(to) <= Date.parse(from)) return refusal(400, "timeRangeEmpty");
  const isSingle = query.get("singleEvents") === "true";
  if (query.get("orderBy") === "startTime" && !isSingle) return refusal(400, "badRequest");
  const most = Number(query.get("maxResults") ?? 250);
  if (!(most >= 1 && most <= 2500)) return refusal(400, "badRequest");
  const within = [...events.values()].filter(({ status }) => status !== "cancelled")
    .flatMap((event) => isSingle ? occurrences(event) : [event])
    .filter(({ start, end }) =>
      instant(end, zone) > Date.parse(from) && instant(start, zone) < Date.parse(to)
    )
    .toSorted((one, other) => instant(one.start, zone) - instant(other.start, zone));
  const first = Number(query.get("pageToken") ?? 0);
  const last = first + Math.min(PAGE, most);
  const fields = /items\(([^)]*)\)/.exec(query.get("fields") ?? "")?.[1]?.split(",");
  const items = within.slice(first, last).map((event) =>
    fields === undefined
      ? event
      : Object.fromEntries(Object.entries(event).filter(([name]) => fields.includes(name)))
  );
  return {
    status: 200,
    body: {
      kind: "calendar#events",
      timeZone: zone,
      items,
      ...last < within.length ? { nextPageToken: String(last) } : {},
    },
  };
}

/** Events: insert. */
function inserted({ headers, body }: Seen, events: Map<string, Json>): Answered {
  if (!String(headers["content-type"]).startsWith("application/json")) {
    return refusal(400, "parseError");
  }
  const given = JSON.parse(body.toString());
  const id = given.id ?? crypto.randomUUID().replaceAll("-", "");
  if (!ID.test(id)) return refusal(400, "invalid");
  if (!isMoment(given.start) || !isMoment(given.end)) return refusal(400, "required");
  if (events.has(id)) return refusal(409, "duplicate");
  const event = { kind: "calendar#event", status: "confirmed", ...given, id };
  events.set(id, event);
  return { status: 200, body: event };
}

/** Events: patch. */
function patched({ headers, body }: Seen, events: Map<string, Json>, event: Json): Answered {
  if (!String(headers["content-type"]).startsWith("application/json")) {
    return refusal(400, "parseError");
  }
  const given = JSON.parse(body.toString());
  const changed = { ...event, ...given };
  for (const edge of ["start", "end"]) {
    const merged = { ...event[edge], ...given[edge] };
    changed[edge] = Object.fromEntries(Object.entries(merged).filter(([, one]) => one !== null));
    if (!isMoment(changed[edge])) return refusal(400, "required");
  }
  events.set(event.id, changed);
  return { status: 200, body: changed };
}

/** An event as often as it takes place: daily, so many times. */
function occurrences(event: Json): Json[] {
  const count = Number(/^RRULE:FREQ=DAILY;COUNT=(\d+)$/.exec(event.recurrence?.[0] ?? "")?.[1]);
  if (!count) return [event];
  const { recurrence: _, ...rest } = event;
  return Array.from({ length: count }, (__, day) => {
    const later = ({ dateTime }: Json) => ({
      dateTime: new Date(Date.parse(dateTime) + day * 86_400_000).toISOString(),
    });
    const [start, end] = [later(event.start), later(event.end)];
    return { ...rest, id: `${event.id}_${day}`, recurringEventId: event.id, start, end };
  });
}

function isMoment(moment: Json): boolean {
  if (typeof moment?.date === "string") return /^\d{4}-\d\d-\d\d$/.test(moment.date);
  return RFC_3339.test(moment?.dateTime ?? "") ||
    typeof moment?.timeZone === "string" && typeof moment?.dateTime === "string";
}

function instant({ date, dateTime, timeZone }: Json, zone: string): number {
  if (dateTime !== undefined && RFC_3339.test(dateTime)) return Date.parse(dateTime);
  return Temporal.PlainDateTime.from(dateTime ?? date).toZonedDateTime(timeZone ?? zone)
    .epochMilliseconds;
}

/** An error as Google's APIs put it. */
function refusal(status: number, reason: string): Answered {
  const message = `Refused: ${reason}.`;
  const errors = [{ domain: "global", reason, message }];
  return { status, body: { error: { code: status, message, errors } } };
}
