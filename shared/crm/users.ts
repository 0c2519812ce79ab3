import * as z from "zod";
import * as column from "./column.ts";
import { email } from "./values/fields.ts";
import * as answer from "./values/record-schema.ts";
import { lazy } from "../memory/lazy.ts";
import { type Resource, resource } from "./resource.ts";

const ROLES = ["admin", "member", "viewer"] as const;
const STATUSES = ["active", "invited", "inactive"] as const;
const role = lazy(() => z.enum(ROLES, `Must be one of ${ROLES.join(", ")}`));
const status = lazy(() => z.enum(STATUSES, `Must be one of ${STATUSES.join(", ")}`));

/** Users, whom deals, tasks and leads are assigned to. */
export const users: Resource = resource({
  record: "user",
  name: "users",
  table: "crm.users",
  columns: {
    id: column.id,
    name: column.required(column.title(255)),
    email: column.required(column.of(z.string(), email, { filter: column.emailFilter })),
    role: column.notNative(column.of(z.enum(ROLES), role)),
    status: column.notNative(column.of(z.enum(STATUSES), status)),
    last_sign_in_at: column.notNative(column.readOnly(answer.timestamp.nullable())),
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
  constraints: { users_email_key: { field: "email", message: "Another user has this email." } },
});
