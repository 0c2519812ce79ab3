import * as z from "zod";
import { NOT_EMPTY, NOWHERE_TO_MOVE } from "../db/errors.ts";
import * as column from "./column.ts";
import { resource, type WritableResource } from "./resource.ts";
import { percentage } from "./values/percentage.ts";
import { id } from "./values/record-schema.ts";

const OUTCOMES = ["open", "won", "lost"] as const;

/** More than any pipeline has, and the most that PostgreSQL's integer holds. */
const LAST = 2 ** 31 - 1;

/** Stages of pipelines; a pipeline's stand at 1, 2, 3 … without gaps. */
export const stages: WritableResource = resource({
  record: "stage",
  name: "stages",
  table: "crm.stages_with_counts",
  columns: {
    id: column.id,
    pipeline_id: column.readOnly(id),
    name: column.required(column.title(255)),
    position: column.of(z.int(), place),
    outcome: column.of(
      z.enum(OUTCOMES),
      () => z.enum(OUTCOMES, `Must be one of ${OUTCOMES.join(", ")}`),
    ),
    probability: column.of(z.number().nullable(), percentage),
    color: column.text(32),
    leads_count: column.readOnly(z.int()),
    created_at: column.time,
    updated_at: column.time,
  },
  sorts: { position: { column: "position", type: "integer", within: ["pipeline_id"] } },
  constraints: {
    stages_name_key: { field: "name", message: "Another stage of the pipeline has this name." },
    [NOT_EMPTY]: {
      field: "move_to",
      message: "{detail} are at the stage: say which other one they go to.",
      blocks: true,
    },
    [NOWHERE_TO_MOVE]: {
      field: "move_to",
      message: "Must be another stage of the pipeline.",
    },
  },
});

// Whatever comes after the last stage is the last place.
function place() {
  return z.int("Must be a whole number from 1").min(1, "Must be a whole number from 1")
    .transform((position) => Math.min(position, LAST));
}
