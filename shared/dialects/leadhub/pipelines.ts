import { stringify } from "lossless-json";
import * as z from "zod";
import { pipelines as resource } from "../../crm/pipelines.ts";
import type { Fields } from "../../crm/plan.ts";
import { bodySchema, ignored } from "../../crm/views/body.ts";
import { column, lookup, number } from "../../crm/views/codecs.ts";
import { given, neededBy, shown, view } from "../../crm/views/view.ts";
import { sql } from "../../db/sql.ts";
import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import type { LeadHubCaller } from "./caller.ts";
import { list } from "./lists.ts";
import { moveTo, target } from "./move-to.ts";
import { create, type Records, remove, retrieve, update } from "./records.ts";
import { pipeline as parent, stage, stages } from "./stages.ts";

const MOST_STAGES = 100;

/** A pipeline with its stages. */
export const pipeline = view(resource, {
  id: number(),
  name: column(),
  is_default: column(),
  leads_count: lookup(
    () => z.int(),
    (of) =>
      sql`select counted.leads_count from crm.pipelines_with_counts counted
      where counted.id = ${of("id")}`,
  ),
  stages: lookup(
    () => z.array(stage.schema),
    (of) =>
      sql`select array_to_json(array(
        select row_to_json(record) from (
          select ${shown(stage)} from (
            select ${sql.join(neededBy(stage).map(sql.ref))} from crm.stages_with_counts
            where pipeline_id = ${of("id")}) page) record
        order by record.position))`,
  ),
  created_at: column(),
  updated_at: column(),
});

const pipelines: Records = {
  view: pipeline,
  names: { one: "pipeline", id: "Pipeline" },
  conflicts: ["removal"],
  more: (write): z.ZodRawShape => write === "creation" ? { stages: newStages().nullish() } : {},
  create: ({ columns }, values) => {
    const fields = { ...columns, stages: (values.stages as Fields[] ?? []).map(stageFields) };
    return sql`select id from app.create_pipeline(${stringify(fields)}::jsonb)`;
  },
  change: (asked, { columns }) =>
    sql`select changed.id from crm.pipelines p,
      app.change_pipeline(p.id, ${stringify(columns)}::jsonb) changed
      where p.number = ${asked}`,
  removal: {
    parameters: moveTo,
    query: (asked, { move_to }) =>
      sql`select p.id from (select id from crm.pipelines where number = ${asked} limit 1) p
        where app.delete_pipeline(p.id, ${target(resource, move_to)})`,
  },
};

// In a new pipeline they stand in the order they are given in.
function newStages() {
  return z.array(bodySchema(stage, "creation").extend({ position: ignored() }))
    .max(MOST_STAGES, `Must have at most ${MOST_STAGES} stages`)
    .superRefine(eachNameOnce, { when: ({ value }) => Array.isArray(value) });
}

function eachNameOnce(values: readonly unknown[], { addIssue }: z.RefinementCtx): void {
  const names = values.map((value) => nameOf(value)?.trim().toLowerCase());
  names.forEach((name, at) => {
    if (name === undefined || names.indexOf(name) === at) return;
    const message = "Must be another name than those of the stages before";
    addIssue({ code: "custom", path: [at, "name"], message });
  });
}

function nameOf(value: unknown): string | undefined {
  const isNamed = typeof value === "object" && value !== null && "name" in value;
  return isNamed && typeof value.name === "string" ? value.name : undefined;
}

function stageFields(one: Fields): Fields {
  const { position: _, ...columns } = given(stage, one).columns;
  return columns;
}

const sorts = ["created_at", "updated_at", "name"] as const;
const STAGES = "/:pipeline_id/stages";
const STAGE = `${STAGES}/:stage_id`;

export default router<LeadHubCaller>("/api/v1/pipelines")
  .get(
    "/",
    scope("read:pipelines"),
    list(pipeline, { id: "listPipelines", summary: "List pipelines", sorts }),
  )
  .post("/", scope("write:pipelines"), create(pipelines))
  .get("/:id", scope("read:pipelines"), retrieve(pipelines))
  .put("/:id", scope("write:pipelines"), update(pipelines, "replace"))
  .patch("/:id", scope("write:pipelines"), update(pipelines, "update"))
  .delete("/:id", scope("write:pipelines"), remove(pipelines))
  .get(
    STAGES,
    scope("read:pipelines"),
    list(stage, { id: "listStages", summary: "List stages", sorts: "position", parent }),
  )
  .post(STAGES, scope("write:pipelines"), create(stages))
  .get(STAGE, scope("read:pipelines"), retrieve(stages))
  .put(STAGE, scope("write:pipelines"), update(stages, "replace"))
  .patch(STAGE, scope("write:pipelines"), update(stages, "update"))
  .delete(STAGE, scope("write:pipelines"), remove(stages));
