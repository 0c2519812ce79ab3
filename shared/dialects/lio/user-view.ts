import * as z from "zod";
import { members } from "../../crm/members.ts";
import { STANDARD_ROLES } from "../../crm/roles.ts";
import { column, lookup, number } from "../../crm/views/codecs.ts";
import type { Codec } from "../../crm/views/field.ts";
import { view } from "../../crm/views/view.ts";
import { sql } from "../../db/sql.ts";
import { time } from "./codecs.ts";
import { sortedBy } from "./linked-codecs.ts";

/** The role, by its number: what is stored of it are columns of their own, see {@link roleColumns}. */
function roleId(): Codec {
  return () => ({
    schema: () => z.int(),
    value: sql`role_number`,
    needs: ["role_number"],
    shows: null,
    input: {
      column: "role_id",
      check: () => z.int("Must be the id of a role").min(1, "Must be the id of a role"),
      clears: false,
      isRequired: false,
      only: null,
      stored: (value) => value,
    },
  });
}

/** 1 of who may sign in, or is invited to, else 0. */
function state(): Codec {
  const message = "Must be 1 (active) or 0 (inactive)";
  return () => ({
    schema: () => z.literal([0, 1]),
    value: sql`(status <> 'inactive')::int`,
    needs: ["status"],
    shows: null,
    input: {
      column: "status",
      check: () => z.literal([0, 1], message),
      clears: false,
      isRequired: false,
      only: null,
      stored: (value) => value === 1 ? "active" : "inactive",
    },
  });
}

/** The columns that a role's number stands for. */
export function roleColumns(id: unknown): Record<string, unknown> {
  const standard = STANDARD_ROLES.find(({ number: its }) => its === id);
  if (standard === undefined) return { custom_role: id };
  const { role, is_rep } = standard;
  return { role, is_rep, custom_role: null };
}

/** The fields of a user (decisions: 3). */
export const userFields: Readonly<Record<string, Codec>> = {
  id: number(),
  first_name: column(),
  last_name: column(),
  name: sortedBy(
    "name",
    lookup(
      () => z.string(),
      (of) => sql`select name from crm.users named where named.id = ${of("id")}`,
    ),
  ),
  email: column(),
  phone_no: column("phone"),
  role_id: roleId(),
  role_name: lookup(
    () => z.string(),
    (of) => sql`select its.name from crm.all_roles its where its.number = ${of("role_number")}`,
  ),
  language: column(),
  timezone: column(),
  state_id: state(),
  organization_id: lookup(
    () => z.string(),
    () => sql`select 'org_' || replace(app.workspace_id()::text, '-', '')`,
  ),
  last_login_at: time("last_sign_in_at"),
  created_at: time(),
  updated_at: time(),
};

/** A user as this API names it. */
export const user = view(members, userFields);
