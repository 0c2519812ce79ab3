import { expect } from "vitest";
import type { FunctionCall } from "./connector-calls.ts";

type Answer = FunctionCall["answer"];

/** A call with the id of a neighbour's record: its text has {id} where that goes. */
const of = (table: string, text: string, answer: Answer): FunctionCall => ({
  text: text.replaceAll("{id}", "($1::jsonb ->> 'id')::uuid"),
  given: (ids) => ({ id: ids[`crm.${table}`] }),
  answer,
});
const without = (text: string, answer: Answer): FunctionCall => ({ text, answer });
const ID = expect.stringMatching(/^[0-9a-f-]{36}$/);
const DONE = [{ done: "" }];
/** A foreign key refuses the link, as one to no record. */
const NO_SUCH_RECORD = "23503";
const ON_DEAL = `jsonb_build_object('type', 'call', 'title', 'S', 'deal_id', {id})`;

/** The functions behind the CRM HTTP API: memberships, stages, deals, what is logged, marketing lists. */
export const CRM_CALLS: Record<string, FunctionCall> = {
  acting_user: without("select app.acting_user() as id", [{ id: null }]),
  add_membership: of("contacts", "select app.add_membership({id}, '{}')", []),
  change_membership: of("contacts", "select app.change_membership({id}, {id}, '{}')", []),
  remove_membership: of("contacts", "select app.remove_membership({id}, {id})", []),
  check_membership: without("select app.check_membership(null) as done", DONE),
  check_primary: without("select app.check_primary(true, true, true) as done", DONE),
  give_up_primary: of("contacts", "select app.give_up_primary({id}) as done", DONE),
  lock_contact: of("contacts", "select app.lock_contact({id}) as found", [{ found: false }]),
  settle_primary_membership: of(
    "contacts",
    "select app.settle_primary_membership({id}) as done",
    DONE,
  ),
  create_contact: without(
    `select app.create_contact('{"email": "jane@acme.com"}')::text as id`,
    [{ id: ID }],
  ),
  change_contact: of("contacts", `select app.change_contact({id}, '{"title": "X"}')`, []),
  set_primary_company: of("contacts", "select app.set_primary_company({id}, null) as done", DONE),
  change_open_stage: of("stages", `select app.change_open_stage({id}, '{"name": "X"}')`, []),
  delete_open_stage: of(
    "stages",
    "select app.delete_open_stage({id}, null) as deleted",
    [{ deleted: false }],
  ),
  reorder_stages: of("stages", "select app.reorder_stages(array[{id}])", "LB075"),
  require_other_open_stage: of(
    "stages",
    "select app.require_other_open_stage({id}) as done",
    DONE,
  ),
  stage_named: of("pipelines", "select app.stage_named({id}, 'Due')", "LB003"),
  stage_texts: without(
    "select count(text)::int from app.stage_texts('due') text",
    [{ count: 0 }],
  ),
  with_stage_id: of("pipelines", `select app.with_stage_id('{"stage": "Due"}', {id})`, "LB003"),
  create_opportunity: of(
    "stages",
    "select app.create_opportunity(jsonb_build_object('title', 'D', 'stage_id', {id}))",
    NO_SUCH_RECORD,
  ),
  change_opportunity: of("deals", `select app.change_opportunity({id}, '{"title": "X"}')`, []),
  with_links_of_deal: of(
    "deals",
    `select app.with_links_of_deal(${ON_DEAL}) ? 'contact_id' as found`,
    [{ found: false }],
  ),
  log_activity: of("deals", `select app.log_activity(${ON_DEAL})`, NO_SUCH_RECORD),
  log_task: of("deals", `select app.log_task(${ON_DEAL})`, NO_SUCH_RECORD),
  require_links: of(
    "companies",
    `select app.require_links(jsonb_build_array(jsonb_build_object(
      'field', 'companyId', 'record', 'company', 'table', 'companies', 'id', {id})))`,
    "LB015",
  ),
  add_to_marketing_list: of(
    "marketing_lists",
    "select app.add_to_marketing_list({id}, '{}', '{}', '{}')",
    [],
  ),
  filtered_contacts: without(
    "select count(id)::int from app.filtered_contacts('{}') id",
    [{ count: 0 }],
  ),
};
