import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, expect, inject, test } from "vitest";
import type { Action } from "../../supabase/local/admin/command.ts";
import { USER_COMMANDS } from "../../supabase/local/admin/user-commands.ts";
import { createUser, listUsers, removeUser } from "../../supabase/local/admin/users.ts";
import { createWorkspace } from "../../supabase/local/admin/workspaces.ts";
import { asOwner } from "../support/workspace.ts";

const admin = new pg.Pool({ connectionString: inject("adminUrl"), max: 4 });

afterAll(() => admin.end());

async function workspace(): Promise<{ id: string; slug: string }> {
  return await createWorkspace(admin, { slug: `u-${randomUUID()}`, name: "Users" });
}

test("users are added, listed by name and removed, each in their workspace", async () => {
  const [{ slug }, other] = [await workspace(), await workspace()];
  const zoe = await createUser(admin, { workspace: slug, name: "Zoë", email: "zoe@x.org" });
  const adam = await createUser(admin, { workspace: slug, name: "adam", email: "adam@x.org" });
  expect(await listUsers(admin, slug)).toEqual([adam, zoe]);
  expect(await listUsers(admin, other.slug)).toEqual([]);
  expect(await removeUser(admin, { workspace: slug, email: "zoe@x.org" })).toEqual(zoe);
  expect(await listUsers(admin, slug)).toEqual([adam]);
});

test("removing a user leaves their tasks unassigned", async () => {
  const { id, slug } = await workspace();
  const user = await createUser(admin, { workspace: slug, name: "Jane", email: "jane@x.org" });
  const insert = "insert into crm.tasks (workspace_id, title, assigned_to) values ($1, 'Call', $2)";
  await asOwner(insert, [id, user.id]);
  await removeUser(admin, { workspace: slug, email: "jane@x.org" });
  expect(await asOwner("select title, assigned_to from crm.tasks where workspace_id = $1", [id]))
    .toEqual([{ title: "Call", assigned_to: null }]);
});

test("an email that is taken, a user and a workspace that do not exist are refused", async () => {
  const { slug } = await workspace();
  const jane = { workspace: slug, name: "Jane", email: "jane@x.org" };
  await createUser(admin, jane);
  await expect(createUser(admin, jane)).rejects.toThrow('has a user "jane@x.org" already');
  await expect(removeUser(admin, { workspace: slug, email: "no@x.org" })).rejects
    .toThrow("has no user");
  await expect(listUsers(admin, "nowhere")).rejects.toThrow('There is no workspace "nowhere"');
});

test("the commands check their input before the database", async () => {
  const create = USER_COMMANDS.find(({ name }) => name === "create");
  const input = { argument: "no email", options: { workspace: "acme", name: "Jane" } };
  expect(() => create?.prepare(input)).toThrow("is not an email address");
  const { slug } = await workspace();
  const action = create?.prepare({
    argument: "JANE@x.org",
    options: { workspace: slug, name: "Jane" },
  }) as Action | undefined;
  const result = await action?.(admin, inject("adminUrl"));
  expect(result?.data).toMatchObject({ user: { email: "jane@x.org", name: "Jane" } });
  expect(result?.text).toContain("Added the user.");
});
