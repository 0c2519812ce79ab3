import { createHash, randomUUID } from "node:crypto";
import { type CalendarProvider, openCalendar } from "../../connected/calendars/open-calendar.ts";
import { sql, statement } from "../../db/sql.ts";
import { rowsOf } from "../../db/wire/rows.ts";
import type { Call, Outcome } from "../../http/call.ts";
import { keyedWrite } from "../../http/idempotency.ts";
import { writeOutside } from "../../http/outgoing-write.ts";
import { noParameters } from "../../http/query.ts";
import type { Calendar, Span } from "../../providers/calendar/calendar.ts";
import { collectMistakes } from "../../refusals/validation.ts";
import { openingOf } from "./booking-host.ts";
import { requireEvent } from "./calendar-body.ts";
import { shownEvent } from "./calendar-event.ts";
import { rangeOf } from "./calendar-range.ts";
import { type LioCaller, userOf } from "./caller.ts";
import type { DateOrTime } from "./dates.ts";
import { answer } from "./envelope.ts";
import { notConnected } from "./errors.ts";
import { answerPage, type Paging } from "./page.ts";
import { objectOf, readQuery } from "./reading.ts";

/** For all pages of a calendar. */
const PATIENCE_MS = 60_000;
/** Calendars of other services have nothing before or after. */
const FIRST = Date.UTC(1900, 0, 1);
const LAST = Date.UTC(2200, 0, 1);

/** What is asked for of a list of events. */
export type ListQuery = Paging & {
  from?: DateOrTime | undefined;
  to?: DateOrTime | undefined;
};

/** The events of the caller's calendar with a service. Throws Refusal. */
export async function listElsewhere(
  call: Call<LioCaller>,
  provider: CalendarProvider,
  read: () => ListQuery,
): Promise<Outcome> {
  const { calendar, zone } = await connected(call, provider);
  const query = read();
  const within = known(rangeOf(query));
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const all = within.start < within.end ? await calendar.events({ within, zone, signal }) : [];
  all.sort((one, other) =>
    one.start - other.start || one.end - other.end || (one.id < other.id ? -1 : 1)
  );
  const { page, limit } = query;
  const items = all.slice((page - 1) * limit, page * limit)
    .map((one) => JSON.stringify(shownEvent(provider, one)));
  return answerPage("Events fetched", query, { items, total: all.length });
}

/** Makes an event there of the service's own object in the body. Throws Refusal. */
export async function createElsewhere(
  call: Call<LioCaller>,
  provider: CalendarProvider,
): Promise<Outcome> {
  const { calendar, zone } = await connected(call, provider);
  collectMistakes(
    () => readQuery(call, noParameters()),
    () => requireEvent(provider, objectOf(call)),
  );
  const isKeyed = keyedWrite(call) !== null;
  return await writeOutside(call, {
    prepare: () => Promise.resolve(keyOf(call)),
    act: (key) => calendar.add(call.text, zone, ...isKeyed ? [key] : []),
    settle: (_, __, event) =>
      Promise.resolve(
        answer(201, shownEvent(provider, event), "Calendar event created successfully"),
      ),
    release: () => Promise.resolve(),
  });
}

async function connected(
  call: Call<LioCaller>,
  provider: CalendarProvider,
): Promise<{ calendar: Calendar; zone: string }> {
  const { userId } = userOf(call.caller);
  const [calendar, [rows]] = await Promise.all([
    openCalendar(openingOf(call), { provider, userId }),
    call.workspace.read([statement(sql`select timezone from crm.users where id = ${userId}`)]),
  ]);
  if (calendar === null) {
    throw notConnected(provider, `Your ${provider} calendar is not connected.`);
  }
  const [user] = rowsOf<{ timezone: string }>(rows);
  return { calendar, zone: user?.timezone ?? "UTC" };
}

function known({ start, end }: Span): Span {
  return { start: Math.max(start, FIRST), end: Math.min(end, LAST) };
}

/** A UUID that is the same for a request that comes again under its idempotency key, also if it failed before. */
function keyOf(call: Call<LioCaller>): string {
  const keyed = keyedWrite(call);
  if (keyed === null) return randomUUID();
  const { key, hashes: [hash] } = keyed;
  const hex = createHash("sha256").update(`${call.workspace.id} ${call.caller.actor.id} ${key} `)
    .update(hash).digest("hex");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32),
  ]
    .join("-");
}
