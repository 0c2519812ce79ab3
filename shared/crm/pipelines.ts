import * as z from "zod";
import { DEFAULT_DELETED, DEFAULT_GIVEN_UP, NOT_EMPTY, NOWHERE_TO_MOVE } from "../db/errors.ts";
import * as column from "./column.ts";
import * as answer from "./values/record-schema.ts";
import { resource, TIME_SORTS, type WritableResource } from "./resource.ts";

const stage = z.object({
  id: answer.id,
  name: z.string(),
  position: z.int(),
  outcome: z.enum(["open", "won", "lost"]),
});

/** Pipelines with their stages in order. */
export const pipelines: WritableResource = resource({
  record: "pipeline",
  name: "pipelines",
  table: "crm.pipelines_with_stages",
  columns: {
    id: column.id,
    name: column.required(column.title(255)),
    is_default: column.of(z.boolean(), () => z.boolean()),
    stages: column.readOnly(z.array(stage)),
    created_at: column.time,
    updated_at: column.time,
  },
  search: "app.search_pipelines",
  sorts: {
    ...TIME_SORTS,
    name: { column: "name_key", type: "text" },
  },
  constraints: {
    stages_name_key: { field: "stages", message: "Two stages have the same name." },
    [DEFAULT_GIVEN_UP]: {
      field: "is_default",
      message: "The default pipeline stays it until another one is made the default.",
    },
    [DEFAULT_DELETED]: {
      field: "is_default",
      message: "The default pipeline cannot be deleted; make another one the default first.",
      blocks: true,
    },
    [NOT_EMPTY]: {
      field: "move_to",
      message: "{detail} are in the pipeline: say which other one they go to.",
      blocks: true,
    },
    [NOWHERE_TO_MOVE]: { field: "move_to", message: "Must be another pipeline." },
  },
});
