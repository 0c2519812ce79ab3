import * as z from "zod";
import { INVITED_AGAIN, LAST_ADMIN, SIGNS_IN_ELSEWHERE } from "../db/errors.ts";
import * as column from "./column.ts";
import { resource, TIME_SORTS, type WritableResource } from "./resource.ts";
import { email } from "./values/fields.ts";
import { timestamp } from "./values/record-schema.ts";

/** What a user may do. */
export const ROLES = ["admin", "member", "viewer"] as const;
/** Whether a user can sign in: not yet, or no longer. */
export const USER_STATUSES = ["active", "invited", "inactive"] as const;

/** Users, whom leads, deals and tasks are assigned to. */
export const users: WritableResource = resource({
  record: "user",
  name: "users",
  table: "crm.users",
  columns: {
    id: column.id,
    name: column.required(column.title(255)),
    email: column.required(column.of(z.string(), address, { filter: column.emailFilter })),
    role: oneOf(ROLES),
    status: oneOf(USER_STATUSES, { only: "change" }),
    last_sign_in_at: column.readOnly(timestamp.nullable()),
    created_at: column.time,
    updated_at: column.time,
  },
  filters: ["email", "role", "status"],
  keys: ["email"],
  counted: ["role", "status"],
  search: "app.search_users",
  sorts: {
    ...TIME_SORTS,
    name: { column: "name_key", type: "text" },
    email: { column: "email", type: "text", unique: true },
  },
  constraints: {
    users_email_key: { field: "email", message: "Another user has this email." },
    [LAST_ADMIN]: {
      field: "role",
      message: "The last admin who is not inactive stays one; make another user an admin first.",
      blocks: true,
    },
    [INVITED_AGAIN]: {
      field: "status",
      message: "Must be active or inactive; only who has not joined yet is invited.",
    },
    [SIGNS_IN_ELSEWHERE]: {
      field: "password",
      message: "The email signs in to another workspace already, with the password it has there.",
    },
  },
});

function oneOf(words: readonly [string, ...string[]], options: { only?: "change" } = {}) {
  const check = () => z.enum(words, `Must be one of ${words.join(", ")}`);
  return column.of(z.enum(words), check, options);
}

function address() {
  const known = email();
  return known.refine((given) => given.length <= 255, "Must have at most 255 characters")
    .meta({ ...known.meta(), id: undefined, maxLength: 255 });
}
