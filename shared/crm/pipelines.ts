import * as z from "zod";
import * as answer from "./values/record-schema.ts";
import { type Resource, resource } from "./resource.ts";

/** Pipelines with their stages in order. */
export const pipelines: Resource = resource({
  record: "pipeline",
  name: "pipelines",
  table: "crm.pipelines_with_stages",
  schema: z.object({
    id: answer.id,
    name: z.string(),
    is_default: z.boolean(),
    stages: z.array(z.object({
      id: answer.id,
      name: z.string(),
      position: z.int(),
      outcome: z.enum(["open", "won", "lost"]),
    })),
    created_at: answer.timestamp,
    updated_at: answer.timestamp,
  }),
  filters: {},
  search: "app.search_pipelines",
  sorts: {
    created_at: { column: "created_at", type: "timestamptz" },
    updated_at: { column: "updated_at", type: "timestamptz" },
    name: { column: "name", type: "text" },
  },
});
