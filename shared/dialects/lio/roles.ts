import * as z from "zod";
import { BASES, roles as resource } from "../../crm/roles.ts";
import { column, number } from "../../crm/views/codecs.ts";
import type { Codec } from "../../crm/views/field.ts";
import { view } from "../../crm/views/view.ts";
import { sql } from "../../db/sql.ts";
import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import { filter } from "../../operations/filters.ts";
import type { LioCaller } from "./caller.ts";
import { time } from "./codecs.ts";
import { list } from "./lists.ts";
import { create, type Records } from "./records.ts";

/** The role whose rights a role has, by its number. */
function base(): Codec {
  const message = "Must be 1 (Admin), 2 (Manager), 3 (Rep) or 4 (Viewer)";
  return () => ({
    schema: () => z.int(),
    value: sql`case base when 'admin' then 1 when 'member' then 2 when 'rep' then 3 else 4 end`,
    needs: ["base"],
    shows: null,
    input: {
      column: "base",
      check: () => z.int(message).min(1, message).max(BASES.length, message),
      clears: false,
      isRequired: false,
      only: null,
      stored: (value) => BASES[Number(value) - 1],
    },
  });
}

/** 1 of what is active, else 0. */
function state(): Codec {
  return () => ({
    schema: () => z.literal([0, 1]),
    value: sql`is_active::int`,
    needs: ["is_active"],
    shows: null,
    input: null,
  });
}

const role = view(resource, {
  id: number(),
  name: column(),
  description: column(),
  base_role_id: base(),
  is_system: column(),
  user_count: column(),
  state_id: state(),
  created_at: time(),
});

const REP = "rep";

const records: Records = {
  view: role,
  names: { one: "role", id: "Role" },
  conflicts: ["creation"],
  create: ({ columns: { name, description, base: of } }) =>
    sql`insert into crm.roles (name, description, base)
      values (${name}, ${description ?? null}, ${of ?? REP}) returning id`,
};

const states = () => z.enum(["0", "1"], "Must be 1 (active) or 0 (inactive)");

/** Roles (spec: Authentication and users). */
export default router<LioCaller>("/api/role")
  .get(
    "/list",
    scope("read"),
    list(role, {
      id: "listRoles",
      summary: "List roles",
      plural: "Roles",
      filters: {
        state_id: filter(states, (value) => ({
          is: "equal",
          column: "is_active",
          value: String(value === "1"),
        })),
      },
      sorts: ["id", "name", "created_at"],
    }),
  )
  .post("/add", scope("admin"), create(records));
