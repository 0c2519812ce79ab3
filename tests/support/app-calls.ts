import type { FunctionCall } from "./connector-calls.ts";

const LEAD = "($1::jsonb ->> 'lead')::uuid";
const COMPANY = "($1::jsonb ->> 'company')::uuid";
const CONTACT = `{"id": "51", "fields": {"email": "jane@acme.com"}}`;
const given: FunctionCall["given"] = (ids) => ({
  lead: ids["crm.leads"],
  company: ids["crm.companies"],
});

/** The functions behind imports from HubSpot, each with what would reach a neighbour. */
export const APP_CALLS: Record<string, FunctionCall> = {
  begin_hubspot_import: {
    text: "select app.begin_hubspot_import($1)",
    given: (ids) => ({ created_by: ids["crm.users"], mapping: {}, most: 1 }),
    answer: "23503",
  },
  company_like: {
    text: "select app.company_like('acme.com', 'Acme') as id",
    answer: [{ id: null }],
  },
  complete_company: {
    text: `select app.complete_company(${COMPANY}, '{"city": "Berlin"}') as done`,
    given,
    answer: [{ done: "" }],
  },
  import_company: {
    text: `select app.import_company('hubspot', '{"id": "51", "fields": {}}') as id`,
    answer: [{ id: null }],
  },
  import_contact: {
    text: `select app.import_contact('hubspot', '${CONTACT}', ${COMPANY}) as outcome`,
    given,
    answer: [{ outcome: "created" }],
  },
  import_contacts: {
    text: `select outcome from app.import_contacts('hubspot', '[${CONTACT}]')`,
    answer: [{ outcome: "created" }],
  },
  know_externally: {
    text: `select app.know_externally('hubspot', '52', ${LEAD}, null)`,
    given,
    answer: "23503",
  },
  known_externally: {
    text: "select app.known_externally('hubspot', 'lead', '51') as id",
    answer: [{ id: null }],
  },
  lacking_of_lead: {
    text: `select app.lacking_of_lead(jsonb_populate_record(null::crm.leads_with_links,
        '{"tags": [], "custom_fields": {}}'), '{"email": "jane@acme.com"}') as lacking`,
    answer: [{ lacking: { email: "jane@acme.com" } }],
  },
};
