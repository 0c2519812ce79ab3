import { written } from "../../operations/written.ts";
import * as z from "zod";
import {
  pipelineStages,
  stageAddition,
  stageChange,
  stageDeletion,
} from "../../crm/pipeline-stages.ts";
import { optional, uuid } from "../../crm/values/fields.ts";
import { neededBy, shown } from "../../crm/views/view.ts";
import { type Sql, sql, statement } from "../../db/sql.ts";
import type { Statement } from "../../db/wire/pipeline.ts";
import { jsonBody, SINGLE_LIMIT } from "../../http/body.ts";
import type { Outcome } from "../../http/call.ts";
import { scope } from "../../http/operation.ts";
import { noParameters } from "../../http/query.ts";
import { router } from "../../http/router.ts";
import { lazy } from "../../memory/lazy.ts";
import { RecordNotFound } from "../../refusals/errors.ts";
import { collectMistakes, validated } from "../../refusals/validation.ts";
import { OPTIONAL_BODY, readOptional } from "./bodies.ts";
import type { CrmCaller } from "./caller.ts";
import type { CrmOperation } from "./contract.ts";
import { objectOf } from "./entity.ts";
import { NO_CONTENT } from "./envelope.ts";
import { readQuery } from "./parameters.ts";
import { pathId } from "./path-id.ts";
import { create, type Records, update } from "./records.ts";
import { stage } from "./stage-view.ts";

const stages: Records = {
  view: stage,
  names: { one: "stage", id: "PipelineStage" },
  parameter: "stage_id",
  conflicts: ["creation", "change"],
  create: ({ columns }) => stageAddition(columns),
  change: (id, { columns }) => stageChange(id, columns),
};

const answers = () => ({ 200: z.object({ stages: z.array(stage.schema) }) });
const filters = lazy(() =>
  z.strictObject({
    pipelineId: uuid().optional()
      .meta({ description: "The pipeline whose stages are listed, unless the default one." }),
  })
);
const order = lazy(() => z.strictObject({ stageIds: z.array(uuid()).min(1).max(1000) }));
const goingTo = lazy(() => z.strictObject({ moveToStageId: optional(uuid()) }));

const list: CrmOperation = {
  kind: "read",
  get contract() {
    return {
      id: "listPipelineStages",
      summary: "List the stages of a pipeline",
      query: filters(),
      answers: answers(),
    };
  },
  async run(call) {
    const { pipelineId } = readQuery(call, filters());
    const pipeline = pipelineId === undefined
      ? sql`(select id from crm.pipelines where is_default)`
      : sql`${pipelineId}`;
    const [rows = []] = await call.workspace.read([selectStages(pipeline)]);
    return answerStages(rows);
  },
};

const reorder: CrmOperation = {
  kind: "write",
  body: jsonBody(SINGLE_LIMIT),
  get contract() {
    return {
      id: "reorderPipelineStages",
      summary: "Put the stages of a pipeline in another order",
      body: order(),
      answers: answers(),
    };
  },
  run(call) {
    const [, { stageIds }] = collectMistakes(
      () => readQuery(call, noParameters()),
      () => validated(order(), objectOf(call)),
    );
    const reordering = statement(sql`select app.reorder_stages(${stageIds})`);
    const pipeline = sql`(select pipeline_id from crm.stages where id = ${stageIds[0]})`;
    return written(call, stage, [reordering, selectStages(pipeline)], answerStages);
  },
};

const remove: CrmOperation = {
  kind: "write",
  body: OPTIONAL_BODY,
  get contract() {
    return {
      id: "deletePipelineStage",
      summary: "Delete a stage",
      body: goingTo(),
      answers: { 204: null },
      refusals: ["not_found" as const, "conflict" as const],
    };
  },
  run(call) {
    const id = pathId(call, "stage_id");
    const { moveToStageId = null } = readOptional(call, goingTo());
    return written(call, stage, [statement(stageDeletion(id, moveToStageId))], (rows) => {
      if (rows.length === 0) throw new RecordNotFound(pipelineStages.record, id);
      return NO_CONTENT;
    });
  },
};

function selectStages(pipeline: Sql): Statement {
  return statement(sql`
    select row_to_json(record)::text as record from (
      select ${shown(stage)} from (
        select ${sql.join(neededBy(stage).map(sql.ref))} from ${sql.table(pipelineStages.table)}
        where pipeline_id = ${pipeline}) page order by page.position, page.id) record`);
}

function answerStages(rows: readonly Record<string, unknown>[]): Outcome {
  return { status: 200, body: `{"stages":[${rows.map(({ record }) => record).join()}]}` };
}

const write = scope("write:crm");

/** Stages of pipelines (spec: pipeline-stages). */
export default router<CrmCaller>("/api/crm/pipeline-stages")
  .get("/", scope("read:crm"), list)
  .post("/", write, create(stages))
  .post("/reorder", write, reorder)
  .patch("/:stage_id", write, update(stages))
  .delete("/:stage_id", write, remove);
