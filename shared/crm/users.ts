import * as z from "zod";
import * as column from "./column.ts";
import { type Resource, resource } from "./resource.ts";

/** Users, whom deals and tasks are assigned to. */
export const users: Resource = resource({
  record: "user",
  name: "users",
  table: "crm.users",
  columns: {
    id: column.id,
    name: column.readOnly(z.string()),
    email: column.readOnly(z.string(), column.emailFilter),
    created_at: column.time,
    updated_at: column.time,
  },
  filters: ["email"],
  keys: ["email"],
  search: "app.search_users",
  sorts: {
    created_at: { column: "created_at", type: "timestamptz" },
    updated_at: { column: "updated_at", type: "timestamptz" },
    name: { column: "name", type: "text" },
    email: { column: "email", type: "text", unique: true },
  },
});
