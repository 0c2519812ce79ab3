import { equal, oneOf } from "../../operations/filters.ts";
import * as z from "zod";
import { hashPassword, isPassword, PASSWORD_LENGTH } from "../../auth/password.ts";
import { ROLES, USER_STATUSES, users as resource } from "../../crm/users.ts";
import { optional } from "../../crm/values/fields.ts";
import { column, number } from "../../crm/views/codecs.ts";
import { insertion, writtenId } from "../../crm/views/statements.ts";
import { view } from "../../crm/views/view.ts";
import { sql } from "../../db/sql.ts";
import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import type { LeadHubCaller } from "./caller.ts";
import { list } from "./lists.ts";
import { create, type Records, remove, retrieve, update } from "./records.ts";

const user = view(resource, {
  id: number(),
  name: column(),
  email: column(),
  role: column(),
  status: column(),
  last_sign_in_at: column(),
  created_at: column(),
  updated_at: column(),
});

const users: Records = {
  view: user,
  names: { one: "user", id: "User" },
  conflicts: ["change", "removal"],
  more: (write) => ({
    password: write === "creation" ? optional(password()) : password().optional(),
  }),
  create: ({ columns, links }, values) => {
    const status = values.password === undefined ? "invited" : "active";
    return insertion(user, { columns: { ...columns, status }, links });
  },
  async also({ password: given }) {
    if (typeof given !== "string") return [];
    return [sql`select app.set_password(${writtenId}, ${await hashPassword(given)})`];
  },
};

function password() {
  const { least, most } = PASSWORD_LENGTH;
  return z.string().refine(isPassword, `Must have ${least} to ${most} characters`)
    .meta({ writeOnly: true, format: "password", minLength: least, maxLength: most });
}

export default router<LeadHubCaller>("/api/v1/users")
  .get(
    "/",
    scope("read:users"),
    list(user, {
      id: "listUsers",
      summary: "List users",
      filters: { role: equal("role", oneOf(ROLES)), status: equal("status", oneOf(USER_STATUSES)) },
      sorts: ["created_at", "updated_at", "name"],
    }),
  )
  .post("/", scope("write:users"), create(users))
  .get("/:id", scope("read:users"), retrieve(users))
  .put("/:id", scope("write:users"), update(users, "replace"))
  .patch("/:id", scope("write:users"), update(users, "update"))
  .delete("/:id", scope("delete:users"), remove(users));
