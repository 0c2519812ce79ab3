import * as z from "zod";
import { calendarEvents, eventCreation } from "../../crm/calendar-events.ts";
import type { Fields } from "../../crm/plan.ts";
import { calendarDate } from "../../crm/values/fields.ts";
import { instant } from "../../crm/values/instant.ts";
import { column, lookup, number } from "../../crm/views/codecs.ts";
import { view } from "../../crm/views/view.ts";
import { sql } from "../../db/sql.ts";
import type { Call } from "../../http/call.ts";
import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import { lazy } from "../../memory/lazy.ts";
import { readPage } from "../../operations/read-page.ts";
import { RecordNotFound } from "../../refusals/errors.ts";
import { overlapping } from "./calendar-range.ts";
import type { LioCaller } from "./caller.ts";
import { time } from "./codecs.ts";
import type { LioOperation } from "./contract.ts";
import { dateOrTime } from "./dates.ts";
import { refusal } from "./errors.ts";
import { sortedBy } from "./linked-codecs.ts";
import { answerPage, pageSchema, pagingParameters } from "./page.ts";
import { readQuery } from "./reading.ts";
import { create } from "./records.ts";

/** Calendars of other services, and the service that has to be connected for each. */
const OTHERS: Readonly<Record<string, string>> = {
  google: "google",
  microsoft: "microsoft",
  outlook: "microsoft",
};

const event = view(calendarEvents, {
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

/** Refuses a calendar that is not there, or not connected. Throws Refusal. */
function requireInternal({ params: { provider = "" } }: Call<LioCaller>): void {
  if (provider === "internal") return;
  const service = Object.hasOwn(OTHERS, provider) ? OTHERS[provider] : undefined;
  if (service === undefined) throw new RecordNotFound("calendar", provider);
  throw refusal("conflict", service, `Your ${service} calendar is not connected.`, {
    type: "not_connected",
  });
}

/** An operation on the calendar of a path. */
function ofCalendar(operation: LioOperation): LioOperation {
  const { kind, body } = operation;
  return {
    kind,
    ...(body && { body }),
    get contract() {
      const { contract } = operation;
      const refusals = [...contract?.refusals ?? [], "not_found" as const, "conflict" as const];
      return contract && { ...contract, refusals };
    },
    async run(call) {
      requireInternal(call);
      return await operation.run(call);
    },
  };
}

const parameters = lazy(() =>
  pagingParameters().extend({ from: dateOrTime().optional(), to: dateOrTime().optional() })
);

const listEvents: LioOperation = {
  kind: "read",
  get contract() {
    return {
      id: "listCalendarEvents",
      summary: "List the events of a calendar that overlap a time",
      query: parameters(),
      answers: { 200: pageSchema(event.schema) },
    };
  },
  async run(call) {
    const query = readQuery(call, parameters());
    const page = await readPage(call, {
      view: event,
      conditions: [
        { is: "equal", column: "user_id", value: call.caller.actor.id },
        ...overlapping(query),
      ],
      search: "",
      sort: "start",
      order: "asc",
      size: query.limit,
      from: query.page,
    });
    return answerPage("Events fetched", query, page);
  },
};

const moment = lazy(() => z.union([instant(), calendarDate()], message));
const message =
  "Must be a time with its offset, or with all_day a date, such as 2026-01-15T10:30:00Z or 2026-01-15";

const createEvent = create({
  view: event,
  names: { one: "calendar event", id: "CalendarEvent" },
  more: () => ({ start: moment(), end: moment() }),
  create: ({ columns }, { start, end }: Fields) => eventCreation({ ...columns, start, end }),
});

/** Calendars (spec: Mail, inbox, calendar, and meetings). */
export default router<LioCaller>("/api/calendar")
  .get("/:provider/events", scope("read"), ofCalendar(listEvents))
  .post("/:provider/events", scope("write"), ofCalendar(createEvent));
