import type { FunctionCall } from "./connector-calls.ts";

/** A call with a neighbour's user in {user}. */
const of = (text: string, answer: FunctionCall["answer"]): FunctionCall => ({
  text: text.replaceAll("{user}", "($1::jsonb ->> 'user')::uuid"),
  given: (ids) => ({ user: ids["crm.users"] }),
  answer,
});

/** The functions behind booking, each with what would reach a neighbour. */
export const BOOKING_CALLS: Record<string, FunctionCall> = {
  book_meeting: of(
    `select number from app.book_meeting(jsonb_build_object('user_id', {user}, 'title', 'T',
      'start_time', '2026-03-28T09:00:00Z', 'end_time', '2026-03-28T09:30:00Z'),
      '{"first_name": "Jane", "email": "jane@acme.com"}', null)`,
    "23503",
  ),
  change_booking_profile: of(
    `select app.change_booking_profile({user}, '{"enabled": true}') as done`,
    [{ done: "" }],
  ),
  hold_booking: of("select app.hold_booking({user}, 'jane@acme.com') as done", [{ done: "" }]),
  lead_of_visitor: {
    text: `select app.lead_of_visitor('{"first_name": "Jane", "email": "jane@acme.com"}')
      is not null as made`,
    answer: [{ made: true }],
  },
};
