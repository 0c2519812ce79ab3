import { expect } from "vitest";

/** A call of a function by a workspace that has nothing yet, and its answer or the SQLSTATE of its refusal. */
export interface FunctionCall {
  text: string;
  given?: (foreign: Record<string, string>) => unknown;
  answer: object[] | string;
  /** Waits until the workspace's answer no longer depends on what others are doing. */
  settled?: (workspaceId: string) => Promise<void>;
}

/** An item of a connector, and what a workspace makes of it that has no such records. */
const LEAD = {
  contact: { email: "jane@acme.com", phone: "+15551234567" },
  company: { name: "Acme", domain: "acme.com" },
  deal: { title: "Licence" },
};
const RULES = { contact: ["email", "phone", "id"], company: ["domain", "name", "id"] };
const MATCHING = { ...RULES, deal: ["id", "title"], create_missing: true };
/** The lead with the ids of a neighbour's records, which it names in every way. */
const foreignLead = (ids: Record<string, string>) => ({
  item: {
    contact: { ...LEAD.contact, id: ids["crm.contacts"] },
    company: { ...LEAD.company, id: ids["crm.companies"] },
    deal: { ...LEAD.deal, id: ids["crm.deals"] },
    activity: { type: "note" },
  },
  matching: MATCHING,
  ids,
});
const NOTHING_FOUND = { contact_id: null, company_id: null, deal_id: null };
const ALL_MADE = ["contact", "company", "deal"];

/** The functions behind connectors. */
export const CONNECTOR_CALLS: Record<string, FunctionCall> = {
  find_contact: {
    text:
      `select id, rule from app.find_contact('{email,phone,id}', jsonb_populate_record(null::crm.contacts,
      '{"email": "jane@acme.com", "phone": "+15551234567"}'
        || jsonb_build_object('id', $1::jsonb #>> '{ids,crm.contacts}')), '{+15551234567}')`,
    given: foreignLead,
    answer: [{ id: null, rule: null }],
  },
  find_company: {
    text: `select id, rule from app.find_company('{domain,name,id}', 'acme.com', 'Acme',
      ($1::jsonb #>> '{ids,crm.companies}')::uuid)`,
    given: foreignLead,
    answer: [{ id: null, rule: null }],
  },
  find_deal: {
    text: `select id, rule from app.find_deal('{id,title}', ($1::jsonb #>> '{ids,crm.deals}')::uuid,
      'Licence')`,
    given: foreignLead,
    answer: [{ id: null, rule: null }],
  },
  rules_of: {
    text: "select app.rules_of($1, 'contact') as rules",
    given: () => ({ ...MATCHING, contact: ["phone"] }),
    answer: [{ rules: ["phone", "email"] }],
  },
  match_item: {
    text: `select contact_id, company_id, deal_id, makes, names
      from app.match_item($1::jsonb -> 'item', $1::jsonb -> 'matching')`,
    given: foreignLead,
    answer: [{ ...NOTHING_FOUND, makes: ALL_MADE, names: false }],
  },
  land: {
    text: `select matched, made, (contact).email, (company).domain, (deal).title, (activity).type
      from app.land('contact', $1::jsonb -> 'item', $1::jsonb -> 'matching')`,
    given: foreignLead,
    answer: [{
      matched: { contact: null, company: null, deal: null },
      made: ALL_MADE,
      email: "jane@acme.com",
      domain: "acme.com",
      title: "Licence",
      type: "note",
    }],
  },
  land_contact: {
    text:
      `select (app.land_contact('{"title": "x"}', '{}', ($1::jsonb ->> 'crm.contacts')::uuid, false, true)).id`,
    given: (ids) => ids,
    answer: [{ id: null }],
  },
  land_company: {
    text:
      `select (app.land_company('{"domain": "x.com"}', ($1::jsonb ->> 'crm.companies')::uuid, false,
      true)).id`,
    given: (ids) => ids,
    answer: [{ id: null }],
  },
  land_deal: {
    text: `select (app.land_deal('{}', ($1::jsonb ->> 'crm.deals')::uuid, false, true, null,
      ($1::jsonb ->> 'crm.companies')::uuid)).id`,
    given: (ids) => ids,
    answer: [{ id: null }],
  },
  receive_delivery: {
    text:
      `select app.receive_delivery(null, 'event-1', 'application/json', '\\x7b7d', false) as id`,
    answer: [{ id: expect.stringMatching(/^[0-9a-f-]{36}$/) }],
  },
};
