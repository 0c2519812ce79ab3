import { expect } from "vitest";
import type { FunctionCall } from "./connector-calls.ts";
import { settled } from "./feed-world.ts";

type Ids = Record<string, string>;

/** A call with the id of a neighbour's record in $1: its text has {id} where that goes. */
const of = (table: string, text: string, answer: FunctionCall["answer"]): FunctionCall => ({
  text: text.replaceAll("{id}", "($1::jsonb ->> 'id')::uuid"),
  given: (ids: Ids) => ({ id: ids[`crm.${table}`] }),
  answer,
});
/** The same with an id that is no record's, which is to be answered alike. */
const without = (text: string, answer: FunctionCall["answer"]): FunctionCall => ({ text, answer });
const ID = expect.stringMatching(/^[0-9a-f-]{36}$/);
const LEAD = `{"first_name": "Ann", "email": "jane@acme.com", "company": "Acme", "tags": ["vip"]}`;

/** The functions behind leads, their tags, stages and pipelines, users and events. */
export const LEAD_CALLS: Record<string, FunctionCall> = {
  create_lead: without(
    `select first_name, email, company, tags, pipeline_id = (select id from crm.pipelines) as own
      from app.create_lead('${LEAD}')`,
    [{ first_name: "Ann", email: "jane@acme.com", company: "Acme", tags: ["vip"], own: true }],
  ),
  change_lead: of("leads", `select id from app.change_lead({id}, '${LEAD}')`, []),
  find_lead: without(
    "select (app.find_lead('jane@acme.com', '+14155551234')).id",
    [{ id: null }],
  ),
  custom_fields_that_fit: without(
    `select app.custom_fields_that_fit('{"a": 1}', '{"b": 2}') as fields`,
    [{ fields: { b: 2 } }],
  ),
  completion_of: of(
    "leads",
    `select app.completion_of(l, '${LEAD}') as fields from (select {id}) asked (id)
      left join crm.leads l using (id)`,
    [{ fields: JSON.parse(LEAD) }],
  ),
  complete_lead: of(
    "leads",
    "select done.id from crm.leads l, app.complete_lead(l, '{}') done where l.id = {id}",
    [],
  ),
  land_lead: without(
    `select created, contact_id::text as contact from app.land_lead('${LEAD}', '{"type": "note"}')`,
    [{ created: true, contact: ID }],
  ),
  place_form: of(
    "stages",
    `select pipeline_id, stage_id from app.place_form(
      jsonb_build_object('stage_id', {id}), null, null)`,
    [{ pipeline_id: null, stage_id: expect.any(String) }],
  ),
  create_form: without(
    `select name, source from app.create_form('{"name": "F", "fields": []}')`,
    [{ name: "F", source: "form" }],
  ),
  change_form: of("forms", `select id from app.change_form({id}, '{"name": "G"}')`, []),
  submit_form: of(
    "forms",
    `select number, lead from app.submit_form({id}, '{}', '{"email": "jane@acme.com"}')`,
    [{ number: null, lead: null }],
  ),
  lock_lead: of("leads", `select (lead).id from app.lock_lead({id}, '${LEAD}')`, [{ id: null }]),
  add_lead_tags: of("leads", "select app.add_lead_tags({id}, '{}') as changed", [{
    changed: false,
  }]),
  add_lead_tag: of("leads", "select id from app.add_lead_tag({id}, 'VIP')", []),
  remove_lead_tag: of("leads", "select id from app.remove_lead_tag({id}, 'VIP')", []),
  tags_named: without(
    "select cardinality(app.tags_named('{vip, VIP, new}')) as tags, (select count(*) from crm.tags)",
    [{ tags: 2, count: 0 }],
  ),
  set_lead_tags: of("leads", "select app.set_lead_tags({id}, '{}') as changed", [{
    changed: false,
  }]),
  company_named: without("select app.company_named('Acme')::text as id", [{ id: ID }]),
  contact_for_lead: without(
    "select made from app.contact_for_lead('jane@acme.com', '{}', '{}', null)",
    [{ made: true }],
  ),
  place_lead: of(
    "pipelines",
    `select pipeline_id = {id} as asked, stage_id, outcome
      from app.place_lead(jsonb_build_object('pipeline_id', {id}), null, null)`,
    [{ asked: true, stage_id: null, outcome: null }],
  ),
  person_of: without(`select app.person_of('${LEAD}') as person`, [{
    person: { first_name: "Ann" },
  }]),
  status_at: without("select app.status_at('open', 'won', 'new') as status", [{ status: "new" }]),
  require_active_user: of("users", "select app.require_active_user({id}) as done", [{ done: "" }]),
  require_workspace: without("select app.require_workspace('no-slug')", "LB040"),
  require_empty: without("select app.require_empty(0, 0) as done", [{ done: "" }]),
  lock_stages: of("pipelines", "select app.lock_stages({id}) as stages", [{ stages: null }]),
  order_stages: of("stages", "select app.order_stages(array[null, {id}]) as done", [{
    done: null,
  }]),
  stages_with: of(
    "stages",
    "select cardinality(app.stages_with('{}', {id}, 1)) as stages",
    [{ stages: 1 }],
  ),
  create_stage: of("pipelines", `select id from app.create_stage({id}, '{"name": "New"}')`, []),
  change_stage: of("stages", `select id from app.change_stage(null, {id}, '{"name": "New"}')`, []),
  delete_stage: of("stages", "select app.delete_stage(null, {id}) as done", [{ done: false }]),
  lock_pipelines: without("select app.lock_pipelines() as done", [{ done: null }]),
  create_pipeline: without(
    `select name, is_default, leads_count from app.create_pipeline('{"name": "P", "is_default": true}')`,
    [{ name: "P", is_default: true, leads_count: 0 }],
  ),
  change_pipeline: of(
    "pipelines",
    `select id from app.change_pipeline({id}, '{"is_default": true}')`,
    [],
  ),
  delete_pipeline: of("pipelines", "select app.delete_pipeline({id}) as done", [{ done: false }]),
  move_leads: of(
    "pipelines",
    "select app.move_leads({id}, (select id from crm.pipelines)) as done",
    [{ done: "" }],
  ),
  set_password: of("users", "select app.set_password({id}, 'hash') as done", [{ done: false }]),
  read_events: {
    text: "select distinct resource from app.read_events('0', 0, 1000) order by 1",
    answer: [{ resource: "pipelines" }, { resource: "stages" }],
    settled,
  },
};
