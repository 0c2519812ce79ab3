import * as z from "zod";
import * as column from "./column.ts";
import { percentage } from "./values/percentage.ts";
import { uuid } from "./values/fields.ts";
import * as answer from "./values/record-schema.ts";
import { lazy } from "../memory/lazy.ts";
import { type Resource, resource } from "./resource.ts";

/** How a lead or a deal in a stage stands. */
export const OUTCOMES = ["open", "won", "lost"] as const;

const POSITION = "Must be a whole number from 1 on";
const position = lazy(() => z.int(POSITION).min(1, POSITION).max(2_147_483_647, POSITION));
const outcome = lazy(() => z.enum(OUTCOMES, `Must be one of ${OUTCOMES.join(", ")}`));

/** Stages of pipelines. They are made, moved and changed by app.create_stage and app.change_stage. */
export const stages: Resource = resource({
  record: "stage",
  name: "stages",
  table: "crm.stages",
  columns: {
    id: column.id,
    pipeline_id: column.readOnly(answer.id, uuid),
    name: column.required(column.title(255)),
    position: column.of(z.int().min(1), position),
    outcome: column.of(z.enum(OUTCOMES), outcome),
    probability: column.of(z.number().min(0).max(100).nullable(), percentage),
    color: column.text(32),
    created_at: column.time,
    updated_at: column.time,
  },
  filters: ["pipeline_id"],
  sorts: {
    position: { column: "position", type: "integer", within: ["pipeline_id"] },
  },
  constraints: {
    stages_workspace_id_pipeline_id_name_key_key: {
      field: "name",
      message: "Another stage of the pipeline has this name.",
    },
  },
});
