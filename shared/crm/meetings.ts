import { stringify } from "lossless-json";
import * as z from "zod";
import { type Sql, sql } from "../db/sql.ts";
import { lazy } from "../memory/lazy.ts";
import { attendees } from "./attendees.ts";
import * as column from "./column.ts";
import { timezone } from "./members.ts";
import type { Fields } from "./plan.ts";
import { resource, type WritableResource } from "./resource.ts";
import { label, website } from "./values/fields.ts";
import { instant } from "./values/instant.ts";
import * as answer from "./values/record-schema.ts";

const MEETING_TOOLS = ["meet", "teams", "zoom", "custom", "none"] as const;

const STATUS = "Must be 1, 2, 3, 4 or 5";

const time = () => column.required(column.of(answer.timestamp, instant));
/** A column that null gives its default. */
const usual = (shown: z.ZodType, check: () => z.ZodType) =>
  column.of(shown, check, { clears: true });

/** What the visitor gave who booked a meeting. */
const booking = lazy(() => {
  const text = () => z.string().nullable();
  return z.object({
    slug: z.string(),
    name: z.string(),
    email: z.string(),
    company: text(),
    phone: text(),
    notes: text(),
    timezone: text(),
  }).meta({ id: "MeetingBooking" });
});

/** Meetings of users. */
export const meetings: WritableResource = resource({
  record: "meeting",
  name: "meetings",
  table: "crm.meetings",
  columns: {
    id: column.id,
    user_id: column.readOnly(answer.link),
    lead_id: column.readOnly(answer.link),
    contact_id: column.readOnly(answer.link),
    company_id: column.readOnly(answer.link),
    title: column.required(column.of(z.string(), () => label(255))),
    description: column.text(20_000),
    location: column.text(500),
    start_time: time(),
    end_time: time(),
    timezone: usual(z.string(), timezone),
    attendees: usual(attendees.answer, attendees.check),
    meeting_tool: usual(
      z.enum(MEETING_TOOLS),
      () => z.enum(MEETING_TOOLS, `Must be one of ${MEETING_TOOLS.join(", ")}`),
    ),
    meeting_url: column.of(answer.text, website),
    status: column.of(
      z.int().min(1).max(5),
      () => z.int(STATUS).min(1, STATUS).max(5, STATUS),
    ),
    summary: column.readOnly(answer.text),
    booking: column.readOnly(booking().nullable()),
    created_at: column.time,
    updated_at: column.time,
  },
  counted: ["status"],
  sorts: {
    number: { column: "number", type: "bigint", unique: true },
    start_time: {
      column: "start_time",
      type: "timestamptz",
      within: ["status", "lead_id", "contact_id", "company_id"],
    },
    created_at: { column: "created_at", type: "timestamptz" },
  },
});

/** Whom invitations are from that go through the server of the system; null where there is none (SQL: app.invite). */
export interface InvitationsFrom {
  address: string;
  name: string | null;
}

/** SQL of them, as app.insert_meeting takes it. */
export function mailOf(from: InvitationsFrom | null): Sql {
  if (from === null) return sql`null`;
  const { address, name } = from;
  return sql`${JSON.stringify({ from_email: address, from_name: name })}::jsonb`;
}

/** The query that makes a meeting of the acting user (SQL: app.stored_meeting), and answers its `id`. */
export function meetingCreation(given: Fields, from: InvitationsFrom | null): Sql {
  return sql`select app.create_meeting(${stringify(given)}::jsonb, ${mailOf(from)}) as id`;
}

/** The query that changes the meeting with a number (SQL: app.stored_meeting), and answers its `id`. */
export function meetingChange(number: number, given: Fields, from: InvitationsFrom | null): Sql {
  return sql`select id from app.change_meeting(
    ${number}, ${stringify(given)}::jsonb, ${mailOf(from)}) id`;
}

/** The query that deletes the meeting with a number: one row when there was one. */
export function meetingDeletion(number: number, from: InvitationsFrom | null): Sql {
  return sql`select id from app.delete_meeting(${number}, ${mailOf(from)}) id`;
}
