import * as z from "zod";
import type { CalendarProvider } from "../../connected/calendars/open-calendar.ts";
import { eventCreation } from "../../crm/calendar-events.ts";
import type { Fields } from "../../crm/plan.ts";
import { calendarDate } from "../../crm/values/fields.ts";
import { instant } from "../../crm/values/instant.ts";
import type { Call, Outcome } from "../../http/call.ts";
import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import { lazy } from "../../memory/lazy.ts";
import type { Contract } from "../../openapi/contract.ts";
import { readPage } from "../../operations/read-page.ts";
import { RecordNotFound } from "../../refusals/errors.ts";
import { createElsewhere, listElsewhere } from "./calendar-elsewhere.ts";
import { anyEvent, event } from "./calendar-event.ts";
import { overlapping } from "./calendar-range.ts";
import type { LioCaller } from "./caller.ts";
import type { LioOperation } from "./contract.ts";
import { dateOrTime } from "./dates.ts";
import { answerPage, pageSchema, pagingParameters } from "./page.ts";
import { readQuery } from "./reading.ts";
import { create } from "./records.ts";
import { oneRecord } from "./schemas.ts";

/** The service of each calendar that a path can name. */
const PROVIDERS: Readonly<Record<string, "internal" | CalendarProvider>> = {
  internal: "internal",
  google: "google",
  microsoft: "microsoft",
  outlook: "microsoft",
};

/** The service of the calendar of a path. Throws RecordNotFound. */
function providerOf({ params: { provider = "" } }: Call<LioCaller>) {
  const known = Object.hasOwn(PROVIDERS, provider) ? PROVIDERS[provider] : undefined;
  if (known === undefined) throw new RecordNotFound("calendar", provider);
  return known;
}

/** An operation on the calendar of a path: here, or with another service. */
function ofCalendar(
  operation: LioOperation,
  answers: () => Contract["answers"],
  elsewhere: (call: Call<LioCaller>, provider: CalendarProvider) => Promise<Outcome>,
): LioOperation {
  const { kind, body } = operation;
  return {
    kind,
    ...(body && { body }),
    get contract() {
      const { contract } = operation;
      const refusals = ["not_found", "conflict", "provider_failed", "unavailable"] as const;
      return contract &&
        { ...contract, answers: answers(), refusals: [...contract.refusals ?? [], ...refusals] };
    },
    async run(call) {
      const provider = providerOf(call);
      return provider === "internal" ? await operation.run(call) : await elsewhere(call, provider);
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
  .get(
    "/:provider/events",
    scope("read"),
    ofCalendar(
      listEvents,
      lazy(() => ({ 200: pageSchema(anyEvent()) })),
      (call, provider) => listElsewhere(call, provider, () => readQuery(call, parameters())),
    ),
  )
  .post(
    "/:provider/events",
    scope("write"),
    ofCalendar(createEvent, lazy(() => ({ 201: oneRecord(anyEvent()) })), createElsewhere),
  );
