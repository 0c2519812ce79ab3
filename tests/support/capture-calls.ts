import { expect } from "vitest";
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
  known_rows: {
    text: `select app.known_rows('[{"email": "jane@acme.com"}]', false) as known`,
    answer: [{ known: ["new"] }],
  },
  hold_identities: {
    text: `select app.hold_identities('[{"email": "jane@acme.com"}]') as done`,
    answer: [{ done: "" }],
  },
  capture_new_leads: {
    text: `select app.capture_new_leads('[{"email": "jane@acme.com", "company": "Acme"}]') as done`,
    answer: [{ done: "" }],
  },
  companies_of_leads: {
    text:
      `select app.companies_of_leads('[{"company": "Acme", "company_domain": "acme.com"}]') as ids`,
    answer: [{ ids: { 1: expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown } }],
  },
  contacts_of_leads: {
    text: `select made from app.contacts_of_leads('[{"email": "jane@acme.com"}]')`,
    answer: [{ made: 1 }],
  },
  tag_new_leads: {
    text: `select app.tag_new_leads(jsonb_build_array(jsonb_build_object(
      'id', $1::jsonb ->> 'lead', 'tags', array['vip'])))`,
    given: (ids) => ({ lead: ids["crm.leads"] }),
    answer: "23503",
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
