import { stringify } from "lossless-json";
import * as z from "zod";
import { LAST_OPEN_STAGE, NOT_EMPTY, NOWHERE_TO_MOVE, STAGES_INCOMPLETE } from "../db/errors.ts";
import { type Sql, sql } from "../db/sql.ts";
import * as column from "./column.ts";
import type { Fields } from "./plan.ts";
import { resource, type WritableResource } from "./resource.ts";
import { stages } from "./stages.ts";

const { leads_count: _, ...own } = stages.columns;
const LAST_OPEN = "A pipeline keeps an open stage, and this is the last one.";

/** Stages with their deals, of pipelines that keep an open stage. */
export const pipelineStages: WritableResource = resource({
  record: "stage",
  name: "stages",
  table: "crm.stages_with_deals",
  columns: {
    ...own,
    system_key: column.readOnly(z.string().nullable()),
    deals_count: column.readOnly(z.int()),
  },
  sorts: {},
  constraints: {
    ...stages.constraints,
    [LAST_OPEN_STAGE]: { field: "kind", message: LAST_OPEN, blocks: true },
    [NOT_EMPTY]: {
      field: "moveToStageId",
      message: "{detail} are at the stage: say which other one they go to.",
      blocks: true,
    },
    [NOWHERE_TO_MOVE]: {
      field: "moveToStageId",
      message: "Must be another stage of the pipeline.",
    },
    [STAGES_INCOMPLETE]: {
      field: "stageIds",
      message: "Must be all stages of one pipeline, each once.",
    },
  },
});

/** The query that makes a stage of the default pipeline and answers its `id`. */
export function stageAddition(columns: Fields): Sql {
  return sql`select made.id from (select id from crm.pipelines where is_default limit 1) p,
    app.create_stage(p.id, ${stringify(columns)}::jsonb) made`;
}

/** The query that changes a stage and answers its `id`. */
export function stageChange(id: string, columns: Fields): Sql {
  return sql`select id from app.change_open_stage(${id}, ${stringify(columns)}::jsonb) id`;
}

/** The query that deletes a stage, whose leads and deals go to another: one row when there was one. */
export function stageDeletion(id: string, moveTo: string | null): Sql {
  return sql`select deleted from app.delete_open_stage(${id}, ${moveTo}) deleted where deleted`;
}
