import type { FunctionCall } from "./connector-calls.ts";

type Ids = Record<string, string>;

/** A call with the id of a neighbour's record in {id}. */
const of = (table: string, text: string, answer: FunctionCall["answer"]): FunctionCall => ({
  text: text.replaceAll("{id}", "($1::jsonb ->> 'id')::uuid"),
  given: (ids: Ids) => ({ id: ids[`crm.${table}`] }),
  answer,
});
const plain = (text: string, answer: FunctionCall["answer"]): FunctionCall => ({ text, answer });
const LEAD = `{"first_name": "Ann", "email": "jane@acme.com", "company": "Acme", "tags": ["vip"]}`;

/** The functions behind leads by email and profile, their lists, notes and follow-ups, and work on many. */
export const UNIQUE_LEAD_CALLS: Record<string, FunctionCall> = {
  add_custom_field: plain("select app.add_custom_field(1, 'Size', '1')", "LB080"),
  add_follow_up: plain("select app.add_follow_up(1, '{}')", "LB080"),
  add_note: plain("select app.add_note(1, '{}')", "LB080"),
  assign_leads: of("leads", "select app.assign_leads(array[{id}], null) as changed", [
    { changed: 0 },
  ]),
  change_lookup: plain(
    `select name from app.change_lookup(1, '{"module_name": "lead", "type": "colour"}')`,
    [],
  ),
  change_unique_lead: plain(`select id from app.change_unique_lead(1, '${LEAD}')`, []),
  create_lookup: plain(
    `select name from app.create_lookup('{"module_name": "lead", "type": "colour", "name": "Red"}')`,
    [{ name: "Red" }],
  ),
  create_unique_lead: plain(`select company from app.create_unique_lead('${LEAD}')`, [
    { company: "Acme" },
  ]),
  delete_leads: of("leads", "select app.delete_leads(array[{id}]) as deleted", [{ deleted: 0 }]),
  hold_identity: plain("select app.hold_identity('jane@acme.com', null) as done", [{ done: "" }]),
  lock_lookup: plain("select (app.lock_lookup(101, 'lead', 'colour')).id", [{ id: null }]),
  lookup_number: plain("select app.lookup_number('colour', 'red')::int as number", [
    { number: null },
  ]),
  lookup_word: plain("select app.lookup_word('colour', 101, null) as word", [{ word: null }]),
  make_company_with_domain: plain(
    "select app.make_company_with_domain('Acme', 'acme.com') as done",
    [{ done: "" }],
  ),
  mistake: plain("select app.mistake('a', 'b') as told", [
    { told: { field: "a", message: "b" } },
  ]),
  names_of_tags: plain("select * from app.names_of_tags('[\"vip\"]', '{}')", [
    { names: ["vip"], wrong: [] },
  ]),
  other_lead: plain("select app.other_lead('jane@acme.com', null, null) as id", [{ id: null }]),
  require_unique_lead: plain(
    "select app.require_unique_lead('jane@acme.com', null, null) as done",
    [
      { done: "" },
    ],
  ),
  require_value_of_tag: plain("select app.require_value_of_tag('a', 'a') as done", [{ done: "" }]),
  search_leads_and_companies: plain(
    "select count(id)::int from app.search_leads_and_companies('%', '{%}') id",
    [{ count: 0 }],
  ),
  set_status_of_leads: of("leads", "select app.set_status_of_leads(array[{id}], 3) as changed", [
    { changed: 0 },
  ]),
  stored_lead: plain(`select app.stored_lead('{"status": 2}', null) as fields`, [
    { fields: { status: "contacted" } },
  ]),
  tag_leads: of("leads", "select app.tag_leads(array[{id}], '[]', true) as changed", [
    { changed: 0 },
  ]),
  touch_lead: plain("select app.touch_lead(1)", "LB080"),
};
