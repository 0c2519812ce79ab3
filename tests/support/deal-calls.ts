import type { FunctionCall } from "./connector-calls.ts";

type Ids = Record<string, string>;

/** A call with the id of a neighbour's record in {id}. */
const of = (table: string, text: string, answer: FunctionCall["answer"]): FunctionCall => ({
  text: text.replaceAll("{id}", "($1::jsonb ->> 'id')::uuid"),
  given: (ids: Ids) => ({ id: ids[`crm.${table}`] }),
  answer,
});
const plain = (text: string, answer: FunctionCall["answer"]): FunctionCall => ({ text, answer });
const DEAL = '{"title": "Deal", "lead_id": 1, "pipeline_id": 1, "stage_id": 1, "value": 1}';

/** The functions behind pipelines and deals as LIO makes them, and forecasts. */
export const DEAL_CALLS: Record<string, FunctionCall> = {
  change_lead_deal: plain(`select id from app.change_lead_deal(1, '${DEAL}') id`, []),
  change_sales_pipeline: plain(
    `select id from app.change_sales_pipeline(1, '{"name": "P", "stages": []}') id`,
    [],
  ),
  create_lead_deal: plain(`select app.create_lead_deal('${DEAL}')`, "LB080"),
  create_sales_pipeline: plain(
    `select p.name from crm.pipelines p
      where p.id = app.create_sales_pipeline('{"name": "Sales pipeline"}')`,
    "LB083",
  ),
  days_after: plain("select app.days_after(app.utc_today()) as days", [{ days: 0 }]),
  days_since: plain("select app.days_since(now()) as days", [{ days: 0 }]),
  delete_deals: of("deals", "select app.delete_deals(array[{id}]) as deleted", [{ deleted: 0 }]),
  delete_pipelines: of("pipelines", "select app.delete_pipelines(array[{id}]) as deleted", [
    { deleted: 0 },
  ]),
  forecast_probability: plain(
    "select app.forecast_probability('open', 50, null, null, null, 0, null, 10)::text as chance",
    [{ chance: "0.45" }],
  ),
  hides_lead: plain("select app.hides_lead(null) as hidden", [{ hidden: false }]),
  missing_of_deal: plain("select app.missing_of_deal('{}', null) as told", [{ told: [] }]),
  planned_stages: of(
    "pipelines",
    `select place from app.planned_stages({id}, '[{"id": 1}]')`,
    "LB080",
  ),
  probability_of_deal: of("deals", "select app.probability_of_deal({id}) as chance", [
    { chance: null },
  ]),
  require_new_pipeline: plain("select app.require_new_pipeline('P', null) as done", [
    { done: "" },
  ]),
  require_stages: of("pipelines", "select app.require_stages({id}, '[]')", "LB080"),
  set_stages: of("pipelines", `select app.set_stages({id}, '[{"id": 1}]')`, "LB080"),
  snapshot_open_deals: plain(
    "select app.snapshot_open_deals('00000000-0000-0000-0000-000000000000', 1) as last",
    [{ last: null }],
  ),
  stage_facts: of(
    "stages",
    `select count(*)::int from app.stage_facts((
      select s.workspace_id from crm.stages s where s.id = {id}))`,
    [{ count: 0 }],
  ),
  stage_probability: plain(
    "select app.stage_probability(app.workspace_id(), null, 1, 'won', 1)::int as chance",
    [{ chance: 1 }],
  ),
  stored_deal: plain(`select app.stored_deal('${DEAL}', null)`, "LB080"),
  weighted_value: plain("select app.weighted_value(10, 0.25)::text as value", [{ value: "2.5" }]),
};
