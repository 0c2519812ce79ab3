import * as z from "zod";
import * as column from "./column.ts";
import * as answer from "./values/record-schema.ts";
import { type Resource, resource } from "./resource.ts";

const stage = z.object({
  id: answer.id,
  name: z.string(),
  position: z.int(),
  outcome: z.enum(["open", "won", "lost"]),
});

/** Pipelines with their stages in order. */
export const pipelines: Resource = resource({
  record: "pipeline",
  name: "pipelines",
  table: "crm.pipelines_with_stages",
  columns: {
    id: column.id,
    name: column.readOnly(z.string()),
    is_default: column.readOnly(z.boolean()),
    stages: column.readOnly(z.array(stage)),
    created_at: column.time,
    updated_at: column.time,
  },
  search: "app.search_pipelines",
  sorts: {
    created_at: { column: "created_at", type: "timestamptz" },
    updated_at: { column: "updated_at", type: "timestamptz" },
    name: { column: "name", type: "text" },
  },
});
