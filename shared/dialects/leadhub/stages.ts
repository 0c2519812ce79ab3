import type { Parent } from "../../operations/parent.ts";
import { stringify } from "lossless-json";
import type { Fields } from "../../crm/plan.ts";
import { pipelines } from "../../crm/pipelines.ts";
import { stages as resource } from "../../crm/stages.ts";
import { column, linked, number } from "../../crm/views/codecs.ts";
import { view } from "../../crm/views/view.ts";
import { type Sql, sql } from "../../db/sql.ts";
import type { Call } from "../../http/call.ts";
import { moveTo, target } from "./move-to.ts";
import { ownerOf } from "./parent.ts";
import type { Records } from "./records.ts";

/** A stage, also as its pipeline shows it. */
export const stage = view(resource, {
  id: number(),
  pipeline_id: linked(pipelines),
  name: column(),
  position: column(),
  outcome: column(),
  probability: column(),
  color: column(),
  leads_count: column(),
  created_at: column(),
  updated_at: column(),
});

/** The pipeline in the path of stages. */
export const pipeline: Parent = {
  resource: pipelines,
  parameter: "pipeline_id",
  column: "pipeline_id",
};

export const stages: Records = {
  view: stage,
  names: { one: "stage", id: "Stage" },
  conflicts: ["removal"],
  parameter: "stage_id",
  parent: pipeline,
  create: ({ columns }, _, call) =>
    sql`select made.id from crm.pipelines p, app.create_stage(p.id, ${json(columns)}) made
      where p.number = ${ownerOf(call, pipeline).key}`,
  change: (asked, { columns }, _, call) =>
    sql`select changed.id from ${placed(asked, call)} s,
      app.change_stage(s.pipeline_id, s.id, ${json(columns)}) changed`,
  removal: {
    parameters: moveTo,
    query: (asked, { move_to }, call) =>
      sql`select s.id from ${placed(asked, call)} s
        where app.delete_stage(s.pipeline_id, s.id, ${target(resource, move_to)})`,
  },
};

// The stage, where it is one of the pipeline in the path. The limit keeps functions from being run for
// any other one.
function placed(asked: number, call: Call): Sql {
  return sql`(
    select s.id, s.pipeline_id from crm.stages s join crm.pipelines p on p.id = s.pipeline_id
    where s.number = ${asked} and p.number = ${ownerOf(call, pipeline).key} limit 1)`;
}

function json(columns: Fields): Sql {
  return sql`${stringify(columns)}::jsonb`;
}
