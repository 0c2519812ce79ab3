const ALL = "DELETE INSERT SELECT UPDATE";

/** What the API's role may do with phone numbers and calls. */
export const VOICE_GRANTS: Record<string, string> = {
  "crm.call_agents": ALL,
  "crm.call_turns": ALL,
  "crm.calls": ALL,
  "crm.company_calls": "SELECT",
  "crm.phone_number_users": ALL,
  "crm.phone_numbers": ALL,
  "app.abandon_call(uuid)": "EXECUTE",
  "app.assign_phone_number(bigint,bigint[],text)": "EXECUTE",
  "app.begin_agent_call(jsonb)": "EXECUTE",
  "app.begin_purchase(jsonb)": "EXECUTE",
  "app.call_rank(text)": "EXECUTE",
  "app.cancel_purchase(uuid)": "EXECUTE",
  "app.charge_call(uuid,numeric,text)": "EXECUTE",
  "app.doubt_purchase(uuid)": "EXECUTE",
  "app.finish_purchase(uuid,text,jsonb)": "EXECUTE",
  "app.keep_turn(uuid,integer,text,text)": "EXECUTE",
  "app.log_inbound_call(uuid,jsonb)": "EXECUTE",
  "app.note_call(uuid,jsonb)": "EXECUTE",
  "app.number_to_call_from(uuid)": "EXECUTE",
};
