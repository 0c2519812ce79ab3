import { stringify } from "lossless-json";
import { isPostgresError } from "../../db/errors.ts";
import { type Sql, sql } from "../../db/sql.ts";
import { type InvitationsFrom, mailOf } from "../meetings.ts";
import { website } from "../values/fields.ts";
import type { BookingProfile } from "./profile.ts";
import type { Span } from "./slots.ts";

/** What a visitor says. */
export interface Visitor {
  name: string;
  email: string;
  company?: string | null | undefined;
  phone?: string | null | undefined;
  notes?: string | null | undefined;
  /** The time zone in which they chose. */
  timezone: string;
}

/** The lookup Website. */
const SOURCE = "website";
/** Raised by app.insert_meeting when the user is busy. */
const USER_BUSY = "LB100";

/** Whether a booking was refused for what the user has at that time. */
export function isTaken(error: unknown): boolean {
  return isPostgresError(error) && error.code === USER_BUSY;
}

/** Where a booked meeting is held, where its place is an address of the web. */
export function meetingUrl({ meeting_tool, location }: BookingProfile): string | null {
  if (meeting_tool !== "custom" || location === null) return null;
  return website().safeParse(location).data ?? null;
}

/** The query that keeps other visitors out of a user's time, and its email's lead as it is, until the end. */
export function hold(user: string, email: string): Sql {
  return sql`select app.hold_booking(${user}, ${email})`;
}

/** The query that books a user, and invites both to the meeting: a row of its `number`, and whether it `is_invited`. */
export function booking(
  user: string,
  profile: BookingProfile,
  slot: Span,
  visitor: Visitor,
  companyDomain: object,
  from: InvitationsFrom | null,
): Sql {
  const { name, email, timezone, company = null, phone = null, notes = null } = visitor;
  const { slug, meeting_tool } = profile;
  const url = meetingUrl(profile);
  const meeting = {
    user_id: user,
    title: profile.title,
    description: notes,
    location: profile.location,
    start_time: new Date(slot.start).toISOString(),
    end_time: new Date(slot.end).toISOString(),
    timezone: profile.timezone,
    attendees: [{ email, name, status: "needs_action" }],
    // The tool custom is one with an address.
    meeting_tool: meeting_tool === "custom" && url === null ? "none" : meeting_tool,
    meeting_url: url,
    buffer_before: profile.buffer_before,
    buffer_after: profile.buffer_after,
    booking: { slug, name, email, company, phone, notes, timezone },
  };
  const lead = { ...namesOf(name), email, company, phone, source: SOURCE, assigned_to: user };
  return sql`select number::float8 as number, is_invited from app.book_meeting(
    ${stringify(meeting)}::jsonb, ${stringify({ ...lead, ...companyDomain })}::jsonb, ${
    mailOf(from)
  })`;
}

/** The first name and the last, which is what follows the last blank. */
function namesOf(name: string): { first_name: string; last_name?: string } {
  const [, first = name, last] = /^(.*\S)\s+(\S+)$/su.exec(name) ?? [];
  return last === undefined ? { first_name: first } : { first_name: first, last_name: last };
}
