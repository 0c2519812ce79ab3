import * as z from "zod";
import * as column from "./column.ts";
import { resource, TIME_SORTS, type WritableResource } from "./resource.ts";

/** The roles that every workspace has, by their numbers, as users have them. */
export const STANDARD_ROLES = [
  { number: 1, role: "admin", is_rep: false },
  { number: 2, role: "member", is_rep: false },
  { number: 3, role: "member", is_rep: true },
  { number: 4, role: "viewer", is_rep: false },
] as const;

/** What a role of a workspace's own has the rights of. */
export const BASES = ["admin", "member", "rep", "viewer"] as const;

/** Roles of a workspace's own, and those that every workspace has. */
export const roles: WritableResource = resource({
  record: "role",
  name: "roles",
  table: "crm.all_roles",
  columns: {
    id: column.id,
    name: column.required(column.title(50)),
    description: column.text(500),
    base: column.of(z.enum(BASES), () => z.enum(BASES)),
    is_active: column.readOnly(z.boolean()),
    is_system: column.readOnly(z.boolean()),
    user_count: column.readOnly(z.int()),
    created_at: column.time,
  },
  uncounted: true,
  sorts: {
    ...TIME_SORTS,
    number: { column: "number", type: "bigint", unique: true },
    name: { column: "name", type: "text" },
  },
  constraints: {
    roles_name_key: { field: "name", message: "Another role has this name." },
  },
});
