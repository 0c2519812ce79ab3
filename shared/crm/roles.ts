import * as z from "zod";
import { LAST_ADMIN, ROLE_IN_USE, ROLE_OF_ALL } from "../db/errors.ts";
import { sql, statement } from "../db/sql.ts";
import * as column from "./column.ts";
import type { Fields, Plan } from "./plan.ts";
import { change, columnsOf, creation, requireRecord, selectRecord } from "./records.ts";
import {
  type CreatableResource,
  resource,
  TIME_SORTS,
  type UpdatableResource,
  type WritableResource,
} from "./resource.ts";

/** The roles that every workspace has, by their numbers, as users have them. */
export const STANDARD_ROLES = [
  { number: 1, role: "admin", is_rep: false },
  { number: 2, role: "member", is_rep: false },
  { number: 3, role: "member", is_rep: true },
  { number: 4, role: "viewer", is_rep: false },
] as const;

/** What a role of a workspace's own has the rights of. */
export const BASES = ["admin", "member", "rep", "viewer"] as const;

const NO_ADMIN =
  "Nobody would be an admin any more who is not inactive; make another user an admin first.";

/** Roles of a workspace's own, and those that every workspace has. */
export const roles: CreatableResource & UpdatableResource = resource({
  record: "role",
  name: "roles",
  table: "crm.all_roles",
  columns: {
    id: column.id,
    number: column.readOnly(z.int()),
    name: column.required(column.title(50)),
    description: column.text(500),
    base: column.required(
      column.of(z.enum(BASES), () => z.enum(BASES, `Must be one of ${BASES.join(", ")}`)),
    ),
    is_active: column.readOnly(z.boolean()),
    is_system: column.readOnly(z.boolean()),
    user_count: column.readOnly(z.int()),
    created_at: column.time,
    updated_at: column.time,
  },
  uncounted: true,
  sorts: {
    ...TIME_SORTS,
    number: { column: "number", type: "bigint", unique: true },
    name: { column: "name", type: "text" },
  },
  constraints: {
    roles_name_key: { field: "name", message: "Another role has this name." },
    [ROLE_OF_ALL]: {
      field: "id",
      message: "Every workspace has the role {detail}, which is neither changed nor deleted; " +
        "name one of the workspace's own.",
      blocks: true,
    },
    [LAST_ADMIN]: { field: "base", message: NO_ADMIN, blocks: true },
  },
  creation: (fields) => creation([roleOf(fields), roleNamed(fields)]),
  change: (id, fields) =>
    change(roles, id, [lockOf(id), changeOf(id, fields), selectRecord(roles, id)]),
});

/** What can be in the way when a role is deleted. */
export const deletionOfRoles: Pick<WritableResource, "constraints"> = {
  constraints: {
    ...roles.constraints,
    [ROLE_IN_USE]: {
      field: "replace_with",
      message: "Is required, as users have the role ({detail} of them): the role that they " +
        "get instead.",
      blocks: true,
    },
    [LAST_ADMIN]: { field: "replace_with", message: NO_ADMIN, blocks: true },
    users_custom_role_fkey: { field: "replace_with", message: "No role with this id." },
  },
};

/** Deletes a role of a workspace's own; its users, if there are any, get the one that replaces it. */
export function roleDeletion(id: string, replaceWith: string | null): Plan {
  return {
    statements: [statement(sql`select id from app.delete_role(${id}, ${replaceWith}) id
      where id is not null`)],
    before: selectRecord(roles, id),
    result([rows]) {
      requireRecord(roles, id, rows);
      return { outcome: "deleted", id, data: { deleted: true, id } };
    },
  };
}

function roleOf({ name, description = null, base }: Fields) {
  return statement(sql`insert into crm.roles (name, description, base)
    values (${name}, ${description}, ${base})`);
}

// Of the workspace's own no two have the same name.
function roleNamed({ name }: Fields) {
  return statement(sql`select ${columnsOf(roles)} from crm.all_roles
    where name = ${name} and not is_system`);
}

function lockOf(id: string) {
  return statement(sql`select app.lock_role(${id})`);
}

function changeOf(id: string, fields: Fields) {
  const set = Object.entries(fields).filter(([, value]) => value !== undefined)
    .map(([name, value]) => sql`${sql.ref(name)} = ${value}`);
  return statement(sql`update crm.roles set ${sql.join(set)} where id = ${id}`);
}
