import type { FunctionCall } from "./connector-calls.ts";

const uuid = (name: string) => `($1::jsonb ->> '${name}')::uuid`;
const nothing: object[] = [];
const done = [{ done: "" }];

/** The functions behind the CRM HTTP API, each called with what a neighbour has. */
export const CRM_CALLS: Record<string, FunctionCall> = {
  acting_user: { text: "select app.acting_user() as id", answer: [{ id: null }] },
  add_membership: ofContact("select id from app.add_membership(contact, '{}') id", nothing),
  add_to_marketing_list: {
    text: `select added from app.add_to_marketing_list(${uuid("list")}, '{}', '{}', '{}')`,
    given: (ids) => ({ list: ids["crm.marketing_lists"] }),
    answer: nothing,
  },
  change_contact: ofContact("select id from app.change_contact(contact, '{}') id", nothing),
  change_membership: ofContact(
    "select id from app.change_membership(contact, membership, '{}') id",
    nothing,
  ),
  change_open_stage: ofStage("select id from app.change_open_stage(stage, '{}') id", nothing),
  change_opportunity: ofDeal("select id from app.change_opportunity(deal, '{}') id", nothing),
  check_membership: { text: "select app.check_membership(null) as done", answer: done },
  check_primary: { text: "select app.check_primary(true, true, true) as done", answer: done },
  create_contact: {
    text: "select app.create_contact('{}') is not null as made",
    answer: [{ made: true }],
  },
  create_opportunity: ofContact(
    `select app.create_opportunity(jsonb_build_object('title', 'New', 'contact_id', contact))`,
    "23503",
  ),
  delete_open_stage: ofStage("select app.delete_open_stage(stage, null) as deleted", [
    { deleted: false },
  ]),
  filtered_contacts: {
    text: "select count(id)::int from app.filtered_contacts('{}') id",
    answer: [{ count: 0 }],
  },
  give_up_primary: ofContact("select app.give_up_primary(contact) as done", done),
  lock_contact: ofContact("select app.lock_contact(contact) as found", [{ found: false }]),
  log_activity: ofDeal(
    `select app.log_activity(jsonb_build_object('type', 'call', 'title', 'A', 'deal_id', deal))`,
    "23503",
  ),
  log_task: ofDeal(
    `select app.log_task(jsonb_build_object('title', 'A', 'deal_id', deal))`,
    "23503",
  ),
  remove_membership: ofContact(
    "select id from app.remove_membership(contact, membership) id",
    nothing,
  ),
  reorder_stages: ofStage("select app.reorder_stages(array[stage])", "LB075"),
  require_other_open_stage: ofStage("select app.require_other_open_stage(stage) as done", done),
  set_primary_company: ofContact("select app.set_primary_company(contact, company)", "23503"),
  settle_primary_membership: ofContact(
    "select app.settle_primary_membership(contact) as done",
    done,
  ),
  stage_named: ofStage("select app.stage_named(pipeline, 'Due')", "LB003"),
  stage_texts: { text: "select text from app.stage_texts('Due') text", answer: nothing },
  with_links_of_deal: ofDeal(
    "select app.with_links_of_deal(jsonb_build_object('deal_id', deal)) - 'deal_id' as fields",
    [{ fields: {} }],
  ),
  with_stage_id: ofStage(`select app.with_stage_id('{"stage": "Due"}', pipeline)`, "LB003"),
};

function ofContact(text: string, answer: FunctionCall["answer"]): FunctionCall {
  return {
    text: named(text, ["contact", "company", "membership"]),
    given: (ids) => ({
      contact: ids["crm.contacts"],
      company: ids["crm.companies"],
      membership: ids["crm.company_memberships"],
    }),
    answer,
  };
}

function ofStage(text: string, answer: FunctionCall["answer"]): FunctionCall {
  return {
    text: named(text, ["stage", "pipeline"]),
    given: (ids) => ({ stage: ids["crm.stages"], pipeline: ids["crm.pipelines"] }),
    answer,
  };
}

function ofDeal(text: string, answer: FunctionCall["answer"]): FunctionCall {
  return {
    text: named(text, ["deal"]),
    given: (ids) => ({ deal: ids["crm.deals"] }),
    answer,
  };
}

// The ids of the neighbour's records in place of their names.
function named(text: string, names: readonly string[]): string {
  return names.reduce(
    (made, name) => made.replace(new RegExp(`(?<=[(\\s,\\[])${name}(?=[),\\]])`, "g"), uuid(name)),
    text,
  );
}
