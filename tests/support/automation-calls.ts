import type { FunctionCall } from "./connector-calls.ts";

type Ids = Record<string, string>;

/** A call with the id of a neighbour's record in $1: its text has {id} where that goes. */
const of = (table: string, text: string, answer: FunctionCall["answer"]): FunctionCall => ({
  text: text.replaceAll("{id}", "($1::jsonb ->> 'id')::uuid"),
  given: (ids: Ids) => ({ id: ids[`crm.${table}`] }),
  answer,
});

/** The functions behind automations and the events of leads. */
export const AUTOMATION_CALLS: Record<string, FunctionCall> = {
  // The turn would be one of an automation that the workspace does not have.
  choose_next_user: of("automations", "select app.choose_next_user({id}, 0, '{1}')", "23503"),
  finish_step: of("automation_runs", "select app.finish_step({id}, 0) as done", [{ done: "" }]),
  fail_step: of("automation_runs", "select app.fail_step({id}, 0, 'why', 5) as done", [
    { done: "" },
  ]),
  retry_run: of(
    "automation_runs",
    `select id from app.retry_run((select a.number from crm.automations a limit 1),
      (select r.number from crm.automation_runs r where r.id = {id}))`,
    [],
  ),
  require_records: {
    text: "select app.require_records($1)",
    // The workspace has no user, whatever the number.
    given: () => [{ field: "user_id", record: "user", table: "users", number: 1 }],
    answer: "LB015",
  },
  lead_event: of(
    "leads",
    "select lead_id from app.lead_event((select e.sequence from crm.events e where e.record_id = {id}))",
    [{ lead_id: null }],
  ),
  tags_left_by: of("leads", "select app.tags_left_by(null, {id}) as tags", [{ tags: [] }]),
  tag_called: of("tags", "select app.tag_called({id}) as name", [{ name: null }]),
  quiet_since: of("leads", "select app.quiet_since(app.workspace_id(), {id}) as since", [
    { since: null },
  ]),
};
