import type { FunctionCall } from "./connector-calls.ts";

type Ids = Record<string, string>;

/** A call with the ids of a neighbour's records in {company}, {contact}, {lead} and {merge}. */
const near = (text: string, answer: FunctionCall["answer"]): FunctionCall => ({
  text: text.replaceAll(/\{(\w+)\}/g, (_, name) => `($1::jsonb ->> '${name}')::uuid`),
  given: (ids: Ids) => ({
    company: ids["crm.companies"],
    contact: ids["crm.contacts"],
    lead: ids["crm.leads"],
    merge: ids["crm.contact_merges"],
  }),
  answer,
});
const plain = (text: string, answer: FunctionCall["answer"]): FunctionCall => ({ text, answer });

/** The functions behind contacts and companies as LIO makes and changes them. */
export const CONTACT_CALLS: Record<string, FunctionCall> = {
  called: plain("select app.called('Jane', null, null, null) as name", [{ name: "Jane" }]),
  change_company_details: plain(
    `select id from app.change_company_details(1, '{"name": "Acme"}') id`,
    [],
  ),
  change_contact_details: plain(
    `select id from app.change_contact_details(1, '{"name": "Ann"}') id`,
    [],
  ),
  change_contacts: near(
    `select app.change_contacts(array[{contact}], '{"lead_score": 9}') as changed`,
    [{ changed: 0 }],
  ),
  create_company_details: plain(
    `select app.create_company_details('{"name": "Acme", "domain": "acme.com"}') is null as failed`,
    [{ failed: false }],
  ),
  create_contact_details: plain(
    `select app.create_contact_details('{"name": "Ann", "email": "jane@acme.com"}') is null as failed`,
    [{ failed: false }],
  ),
  decides: plain("select app.decides('vp') as answer", [{ answer: "yes" }]),
  delete_companies: near("select app.delete_companies(array[{company}]) as deleted", [
    { deleted: 0 },
  ]),
  delete_contacts: near("select app.delete_contacts(array[{contact}]) as deleted", [
    { deleted: 0 },
  ]),
  find_contacts: plain("select count(id)::int from app.find_contacts('%', '{%}') id", [
    { count: 0 },
  ]),
  merge_contacts: near(
    "select missing = {contact} as missing from app.merge_contacts({contact}, {lead}, '{}')",
    [{ missing: true }],
  ),
  present_email: plain("select app.present_email('old@acme.com') as email", [
    { email: "old@acme.com" },
  ]),
  require_free_email: plain("select app.require_free_email('old@acme.com') as done", [
    { done: "" },
  ]),
  refuse_known_email: plain("select app.refuse_known_email('jane@acme.com')", "LB083"),
  require_new_company: plain(
    "select app.require_new_company('Acme', 'acme.com', null) as done",
    [{ done: "" }],
  ),
  seniority_of: plain("select app.seniority_of('CEO') as level", [{ level: "c_level" }]),
  set_contact_tags: near("select app.set_contact_tags({contact}, '{}') as changed", [
    { changed: false },
  ]),
  set_lead_of_contact: near("select app.set_lead_of_contact({contact}, {lead}) as done", [
    { done: "" },
  ]),
  stored_contact: plain(`select app.stored_contact('{"status": 2}', null) as fields`, [
    { fields: { status: "inactive" } },
  ]),
  undo_merge: near("select id from app.undo_merge({merge})", []),
  with_present_emails: plain(
    `select app.with_present_emails('[{"email": "old@acme.com"}]', '{email}') as rows`,
    [{ rows: [{ email: "old@acme.com" }] }],
  ),
};
