import { stringify } from "lossless-json";
import * as z from "zod";
import { type Sql, sql } from "../db/sql.ts";
import { attendees } from "./attendees.ts";
import * as column from "./column.ts";
import { timezone } from "./members.ts";
import type { Fields } from "./plan.ts";
import { resource, type WritableResource } from "./resource.ts";
import { label } from "./values/fields.ts";
import * as answer from "./values/record-schema.ts";

/** A column that null gives its default. */
const usual = (shown: z.ZodType, check: () => z.ZodType) =>
  column.of(shown, check, { clears: true });
const flag = () => usual(z.boolean(), () => z.boolean("Must be true or false"));

/** What users have in their calendars here, beside meetings. */
export const calendarEvents: WritableResource = resource({
  record: "calendar_event",
  name: "calendar_events",
  table: "crm.calendar_events",
  columns: {
    id: column.id,
    user_id: column.readOnly(answer.id),
    title: column.required(column.of(z.string(), () => label(255))),
    description: column.text(20_000),
    location: column.text(500),
    start_time: column.time,
    end_time: column.time,
    all_day: flag(),
    timezone: usual(z.string(), timezone),
    attendees: usual(attendees.answer, attendees.check),
    busy: flag(),
  },
  sorts: { start_time: { column: "start_time", type: "timestamptz" } },
});

/** The query that makes an event of the acting user (SQL: app.create_calendar_event), and answers its `id`. */
export function eventCreation(given: Fields): Sql {
  return sql`select app.create_calendar_event(${stringify(given)}::jsonb) as id`;
}
