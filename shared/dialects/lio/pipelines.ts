import * as z from "zod";
import type { Write } from "../../crm/column.ts";
import type { Fields } from "../../crm/plan.ts";
import {
  deletionOfPipelines,
  pipelineChange,
  pipelineCreation,
} from "../../crm/sales-pipelines.ts";
import { selectPresence } from "../../crm/views/statements.ts";
import { sql, statement } from "../../db/sql.ts";
import { scope } from "../../http/operation.ts";
import { noParameters } from "../../http/query.ts";
import { router } from "../../http/router.ts";
import { lazy } from "../../memory/lazy.ts";
import { filter } from "../../operations/filters.ts";
import { RecordNotFound } from "../../refusals/errors.ts";
import type { LioCaller } from "./caller.ts";
import type { LioOperation } from "./contract.ts";
import { list } from "./lists.ts";
import { answerPage, pageSchema } from "./page.ts";
import { pipeline, stage, stagesOf } from "./pipeline-view.ts";
import { pathNumber, readQuery } from "./reading.ts";
import { create, type Records, update } from "./records.ts";
import { removeByIds } from "./removal-by-ids.ts";
import { changedStages, newStages, stagesGiven } from "./stage-body.ts";

const bodies = {
  creation: lazy(() => stagesGiven("creation").nullish()),
  change: lazy(() => stagesGiven("change").optional()),
};

const records: Records = {
  view: pipeline,
  names: { one: "pipeline", id: "Pipeline" },
  more: (write: Write): z.ZodRawShape => ({ stages: bodies[write]() }),
  conflicts: ["creation", "change"],
  create: ({ columns }, { stages }) =>
    pipelineCreation({ ...columns, stages: newStages(given(stages)) }),
  change(number, { columns }, { stages }) {
    const all = given(stages);
    return pipelineChange(number, {
      ...columns,
      ...(all === undefined ? {} : { stages: changedStages(all) }),
    });
  },
};

function given(stages: unknown): Fields[] | undefined {
  return Array.isArray(stages) ? stages : undefined;
}

const state = lazy(() =>
  z.enum(["0", "1"], "Must be 1 (active) or 0 (inactive)").meta({ type: "integer", enum: [0, 1] })
);

/** GET: the stages of a pipeline, all on one page. */
const listStages: LioOperation = {
  kind: "read",
  get contract() {
    return {
      id: "listPipelineStages",
      summary: "List the stages of a pipeline",
      answers: { 200: pageSchema(stage.schema) },
      refusals: ["not_found" as const],
    };
  },
  async run(call) {
    const number = pathNumber(call, "id");
    readQuery(call, noParameters());
    const [present, rows] = await call.workspace.read([
      selectPresence(pipeline.resource, number),
      statement(
        sql`select ${
          stagesOf(sql`(select id from crm.pipelines where number = ${number})`)
        }::text as stages`,
      ),
    ]);
    if (present?.length === 0) throw new RecordNotFound("pipeline", String(number));
    const text = String(rows?.[0]?.stages);
    const { length: total } = JSON.parse(text) as unknown[];
    const items = total === 0 ? [] : [text.slice(1, -1)];
    return answerPage("Stages fetched", { page: 1, limit: Math.max(1, total) }, { items, total });
  },
};

const read = scope("read");
const manage = scope("manage");

/** Pipelines (spec: Pipelines and deals). */
export default router<LioCaller>("/api/pipelines")
  .get(
    "/list",
    read,
    list(pipeline, {
      id: "listPipelines",
      summary: "List pipelines",
      plural: "Pipelines",
      filters: {
        state_id: filter(
          state,
          (value) => ({ is: "equal", column: "is_active", value: String(value === "1") }),
        ),
      },
      search: true,
      sorts: ["id", "name", "created_at", "updated_at"],
    }),
  )
  .post("/add", manage, create(records))
  .put("/update/:id", manage, update(records))
  .delete(
    "/delete",
    manage,
    removeByIds({
      resource: pipeline.resource,
      plural: "pipelines",
      work: deletionOfPipelines,
      first: sql`select app.lock_pipelines()`,
      refusals: ["conflict"],
    }),
  )
  .get("/stages/:id", read, listStages);
