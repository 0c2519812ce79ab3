import type { FunctionCall } from "./connector-calls.ts";

/** A call with the id of a neighbour's record in {id}. */
const of = (table: string, text: string, answer: FunctionCall["answer"]): FunctionCall => ({
  text: text.replaceAll("{id}", "($1::jsonb ->> 'id')::uuid"),
  given: (ids) => ({ id: ids[`crm.${table}`] }),
  answer,
});
const plain = (text: string, answer: FunctionCall["answer"]): FunctionCall => ({ text, answer });

const PROMPT = `'{"lead_id": 1, "system_prompt": "Sell."}'`;
const NUMBER = `'{"phone_number": "+18089250009", "friendly_name": "N", "type": "local",
  "monthly_price": 1.15}'`;

/** The functions of phone numbers and calls, each with what would reach a neighbour. */
export const VOICE_CALLS: Record<string, FunctionCall> = {
  abandon_call: of("calls", "select app.abandon_call({id}) as done", [{ done: null }]),
  assign_phone_number: plain("select app.assign_phone_number(1, '{1}', 'user_ids')", "LB080"),
  begin_agent_call: plain(`select app.begin_agent_call(${PROMPT})`, "LB080"),
  begin_purchase: plain(`select id from app.begin_purchase(${NUMBER})`, "LB091"),
  call_rank: plain("select app.call_rank('busy') as rank", [{ rank: 3 }]),
  cancel_purchase: of("phone_numbers", "select app.cancel_purchase({id}) as done", [{ done: "" }]),
  charge_call: of("calls", "select app.charge_call({id}, 1, 'USD') as done", [{ done: "" }]),
  doubt_purchase: of("phone_numbers", "select app.doubt_purchase({id}) as done", [{ done: null }]),
  finish_purchase: of(
    "phone_numbers",
    "select app.finish_purchase({id}, 'PN1', '{}') as is_there",
    [{ is_there: false }],
  ),
  keep_turn: of("calls", "select app.keep_turn({id}, 0, 'agent', 'Hello')", "23503"),
  log_inbound_call: of(
    "phone_numbers",
    `select app.log_inbound_call({id}, '{"sid": "CA9", "from": "+1", "to": "+2"}') as id`,
    [{ id: null }],
  ),
  note_call: of(
    "calls",
    `select app.note_call({id}, '{"sid": "CA1", "status": "ringing"}') as is_known`,
    [{ is_known: false }],
  ),
  number_to_call_from: of("users", "select app.number_to_call_from({id}) as number", [
    { number: null },
  ]),
};
