import * as z from "zod";
import { filterText } from "./values/fields.ts";
import * as answer from "./values/record-schema.ts";
import { type Resource, resource } from "./resource.ts";

/** Users, whom deals and tasks are assigned to. */
export const users: Resource = resource({
  record: "user",
  name: "users",
  table: "crm.users",
  schema: z.object({
    id: answer.id,
    name: z.string(),
    email: z.string(),
    created_at: answer.timestamp,
    updated_at: answer.timestamp,
  }),
  get filters() {
    return { email: filterText().trim().toLowerCase() };
  },
  keys: ["email"],
  search: "app.search_users",
  sorts: {
    created_at: { column: "created_at", type: "timestamptz" },
    updated_at: { column: "updated_at", type: "timestamptz" },
    name: { column: "name", type: "text" },
    email: { column: "email", type: "text", unique: true },
  },
});
