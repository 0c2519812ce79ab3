import { sql, statement } from "../../db/sql.ts";
import type { Statement } from "../../db/wire/pipeline.ts";
import type { EventText } from "../../providers/calendar/calendar.ts";

/** A meeting as it is, or is to be, in a calendar (SQL: crm.meeting_copies). */
export interface StoredCopy {
  id: string;
  account_id: string;
  meeting_id: string;
  event_id: string | null;
  is_begun: boolean;
  generation: number;
  wanted: number;
  written: number;
  /** The meeting by now; null for one that was deleted or cancelled. */
  meeting: StoredMeeting | null;
}

interface StoredMeeting {
  title: string;
  description: string | null;
  location: string | null;
  meeting_url: string | null;
  attendees: readonly { email: string; name: string | null }[];
  /** Unix milliseconds. */
  start: number;
  end: number;
}

const CANCELLED = 4;

/** The statement that reads a copy, with its meeting: no row when there is none. */
export function selectCopy(id: string): Statement {
  return statement(sql`
    select c.id, c.account_id, c.meeting_id, c.event_id, c.is_begun, c.generation, c.wanted, c.written, (
      select json_build_object('title', m.title, 'description', m.description, 'location', m.location,
        'meeting_url', m.meeting_url, 'attendees', m.attendees,
        'start', floor(extract(epoch from m.start_time) * 1000),
        'end', ceil(extract(epoch from m.end_time) * 1000))
      from crm.meetings m where m.id = c.meeting_id and m.status <> ${CANCELLED}) as meeting
    from crm.meeting_copies c where c.id = ${id}`);
}

/** The statement that keeps that an event is about to be made. */
export function beginCopy({ id, generation }: StoredCopy): Statement {
  return statement(sql`update crm.meeting_copies
    set is_begun = true, event_id = null, generation = ${generation} where id = ${id}`);
}

/** The statement that keeps an event's id as soon as it is known. */
export function keepEvent({ id }: StoredCopy, eventId: string): Statement {
  return statement(sql`update crm.meeting_copies set event_id = ${eventId} where id = ${id}`);
}

/** The statement that keeps that an event was taken out. */
export function forgetEvent({ id }: StoredCopy): Statement {
  return statement(sql`update crm.meeting_copies
    set event_id = null, is_begun = false, generation = generation + 1 where id = ${id}`);
}

/** The statement that notes the state that the calendar has: one row unless the meeting changed meanwhile. */
export function settleCopy({ id, wanted }: StoredCopy): Statement {
  return statement(sql`update crm.meeting_copies set written = wanted
    where id = ${id} and wanted = ${wanted} returning id`);
}

/** The statement that forgets the copy of a meeting that was deleted, once it is out of the calendar. */
export function dropCopy({ id }: StoredCopy): Statement {
  return statement(sql`delete from crm.meeting_copies c where c.id = ${id} and c.written = c.wanted
    and not exists (select from crm.meetings m where m.id = c.meeting_id)`);
}

/** A meeting in the words of a calendar. Those who attend are told as text: they were invited from here. */
export function textOf(meeting: StoredMeeting): EventText {
  const { title, description, location, meeting_url, attendees, start, end } = meeting;
  const people = attendees.map(({ name, email }) => name === null ? email : `${name} <${email}>`);
  const lines = [
    ...description === null ? [] : [description, ""],
    ...people.length === 0 ? [] : [`With: ${people.join(", ")}`],
    ...meeting_url === null ? [] : [`Join: ${meeting_url}`],
  ];
  return {
    title,
    description: lines.length === 0 ? null : lines.join("\n").trim(),
    location: location ?? meeting_url,
    start,
    end,
  };
}
