import type { FunctionCall } from "./connector-calls.ts";

/** The functions behind what is told of leads' interest. */
export const CAPTURE_CALLS: Record<string, FunctionCall> = {
  capture_lead: {
    text: `select existing from app.capture_lead('{"email": "jane@acme.com"}', 'merge')`,
    answer: [{ existing: null }],
  },
  import_leads: {
    text: `select outcome from app.import_leads('[{"email": "jane@acme.com"}]', 'merge')`,
    answer: [{ outcome: "created" }],
  },
  log_signal: {
    text: "select id from app.log_signal(($1::jsonb ->> 'lead')::uuid, 'manual', 10, 'calls')",
    given: (ids) => ({ lead: ids["crm.leads"] }),
    answer: [],
  },
  name_of_lead: {
    text: "select app.name_of_lead(null::crm.leads) as name",
    answer: [{ name: "A lead" }],
  },
};
