import type { FunctionCall } from "./connector-calls.ts";

const GIVEN =
  `'{"title": "Call", "start_time": "2030-01-01T09:00:00Z", "end_time": "2030-01-01T10:00:00Z"}'::jsonb`;
const MEETING =
  `jsonb_populate_record(null::crm.meetings, ${GIVEN} || '{"status": 1, "attendees": []}')`;

/** A call with the id of a neighbour's record in {id}. */
const of = (table: string, text: string, answer: FunctionCall["answer"]): FunctionCall => ({
  text: text.replaceAll("{id}", "($1::jsonb ->> 'id')::uuid"),
  given: (ids) => ({ id: ids[`crm.${table}`] }),
  answer,
});
const plain = (text: string, answer: FunctionCall["answer"]): FunctionCall => ({ text, answer });

/** The functions of meetings and calendars, each with what would reach a neighbour. */
export const MEETING_CALLS: Record<string, FunctionCall> = {
  busy_range: plain(
    `select app.busy_range('2026-03-28T09:00:00Z', '2026-03-28T09:30:00Z', 15, 0)
      @> '2026-03-28T08:45:00Z'::timestamptz as is_busy`,
    [{ is_busy: true }],
  ),
  busy_times: of(
    "users",
    "select count(*)::int as times from app.busy_times({id}, '2000-01-01', '2040-01-01') busy",
    [{ times: 0 }],
  ),
  change_meeting: plain(`select id from app.change_meeting(1, ${GIVEN}, null) id`, []),
  create_calendar_event: plain(
    `select app.create_calendar_event('{"title": "E", "start": "2030-01-01", "end": "2030-01-02"}')`,
    "LB080",
  ),
  day_in_zone: plain("select app.day_in_zone('2030-01-01', 'Asia/Tokyo', true)::text as day", [
    { day: "2030-01-01 15:00:00+00" },
  ]),
  create_meeting: plain(`select app.create_meeting(${GIVEN} || '{"lead_id": 1}', null)`, "LB080"),
  delete_meeting: plain("select id from app.delete_meeting(1, null) id", []),
  insert_meeting: of(
    "leads",
    `select app.insert_meeting(jsonb_populate_record(${MEETING}, $1::jsonb || jsonb_build_object('lead_id', {id})), null)`,
    "23503",
  ),
  invite: plain(`select app.invite(${MEETING}, 'REQUEST', 'Invitation', '[]', '{}') as done`, [
    { done: "" },
  ]),
  invite_by_system: of("messages", "select app.invite_by_system({id}, 'a@b.c', null) as done", [
    { done: "" },
  ]),
  inviting_account: of("users", "select app.inviting_account({id}, null) as id", [{ id: null }]),
  organizer_of: of("users", "select app.organizer_of({id}, null) as organizer", [
    { organizer: null },
  ]),
  set_transcript: of("meetings", "select app.set_transcript({id}, '[]') as done", [{ done: "" }]),
  stored_meeting: plain(
    `select app.stored_meeting(${GIVEN} || '{"contact_id": 1}', null)`,
    "LB080",
  ),
  tell_attendees: plain(`select app.tell_attendees(${MEETING}, ${MEETING}, null) as done`, [
    { done: "" },
  ]),
};
