import type { FunctionCall } from "./connector-calls.ts";

/** The functions of enrichment, each with what would reach a neighbour. */
export const ENRICHMENT_CALLS: Record<string, FunctionCall> = {
  fields_to_fill: {
    text:
      `select app.fields_to_fill('{"city": "Bonn"}', '{"city": "Rome", "company": "Acme"}') as fields`,
    answer: [{ fields: { company: "Acme" } }],
  },
  fill_lead: {
    text:
      `select app.fill_lead(($1::jsonb ->> 'id')::uuid, '{"city": "Bonn"}', null, '{}') as filled`,
    given: (ids) => ({ id: ids["crm.leads"] }),
    answer: [{ filled: null }],
  },
  fill_company: {
    text: `select app.fill_company(($1::jsonb ->> 'id')::uuid, '{"city": "Bonn"}', null) as filled`,
    given: (ids) => ({ id: ids["crm.companies"] }),
    answer: [{ filled: null }],
  },
  has_domain_of_other: {
    text: "select app.has_domain_of_other(app.uuid_v7(), 'acme.com') as has_it",
    answer: [{ has_it: false }],
  },
  place_enriched: {
    text: `select lead, outcome from app.place_enriched('jane@acme.com', null, '{"city": "Bonn"}',
      null, '{}', '{}')`,
    answer: [{ lead: null, outcome: null }],
  },
  search_linkedin_leads: {
    text: "select count(id)::int from app.search_linkedin_leads('{}') id",
    answer: [{ count: 0 }],
  },
};
