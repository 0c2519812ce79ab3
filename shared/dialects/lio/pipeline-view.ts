import * as z from "zod";
import { pipelines } from "../../crm/pipelines.ts";
import { salesPipelines, salesStages } from "../../crm/sales-pipelines.ts";
import { column, linked, lookup, number } from "../../crm/views/codecs.ts";
import type { Codec } from "../../crm/views/field.ts";
import { neededBy, shown, view } from "../../crm/views/view.ts";
import { type Sql, sql } from "../../db/sql.ts";
import { time } from "./codecs.ts";
import { DEFAULT_COLOR } from "./stage-body.ts";

/** What is made of columns alone, and is read-only. */
function made(schema: () => z.ZodType, value: Sql, ...needs: readonly string[]): Codec {
  return () => ({ schema, value, needs, shows: null, input: null });
}

const isAt = (outcome: string) =>
  made(() => z.boolean(), sql`outcome = ${sql.literal(outcome)}`, "outcome");

/** A stage as this API names it (decisions: 13). */
export const stage = view(salesStages, {
  id: number(),
  pipeline_id: linked(pipelines),
  name: column(),
  color: made(() => z.string(), sql`coalesce(color, ${sql.literal(DEFAULT_COLOR)})`, "color"),
  position: column(),
  is_won: isAt("won"),
  is_lost: isAt("lost"),
  probability: lookup(
    () => z.number().min(0).max(1),
    (of) =>
      sql`select app.stage_probability(app.workspace_id(), ${of("pipeline_id")}, ${of("position")},
        ${of("outcome")}, ${of("probability")})`,
  ),
  max_days_in_stage: column(),
  is_protected: made(() => z.boolean(), sql`outcome <> 'open'`, "outcome"),
});

const STATE = "Must be 1 (active) or 0 (inactive)";

/** 1 of a pipeline that takes new deals, else 0. */
function state(): Codec {
  return () => ({
    schema: () => z.literal([0, 1]),
    value: sql`is_active::int`,
    needs: ["is_active"],
    shows: null,
    input: {
      column: "is_active",
      check: () => z.literal([0, 1], STATE),
      clears: false,
      isRequired: false,
      only: null,
      stored: (value) => value === 1,
    },
  });
}

const ofOpenDeals = (schema: () => z.ZodType, value: Sql) =>
  lookup(
    schema,
    (of) =>
      sql`select ${value} from crm.deals its
        where its.pipeline_id = ${of("id")} and its.outcome = 'open'`,
  );

/** SQL of the stages of a pipeline as a JSON array, in order. */
export function stagesOf(pipeline: Sql): Sql {
  return sql`array_to_json(array(
    select row_to_json(record) from (
      select ${shown(stage)} from (
        select ${sql.join(neededBy(stage).map(sql.ref))} from crm.stages
        where pipeline_id = ${pipeline}) page) record
    order by record.position))`;
}

/** A pipeline as this API names it (decisions: 13). */
export const pipeline = view(salesPipelines, {
  id: number(),
  name: column(),
  description: column(),
  max_deal_limit: column(),
  region: column(),
  state_id: state(),
  is_default: column(),
  stages: lookup(() => z.array(stage.schema), (of) => sql`select ${stagesOf(of("id"))}`),
  deal_count: ofOpenDeals(() => z.int().min(0), sql`count(*)`),
  total_value: ofOpenDeals(() => z.number(), sql`coalesce(sum(its.value), 0)`),
  created_at: time(),
  updated_at: time(),
});
