import { randomUUID } from "node:crypto";
import { expect, inject, test } from "vitest";
import type { Action } from "../../supabase/local/admin/command.ts";
import { USER_COMMANDS } from "../../supabase/local/admin/user-commands.ts";
import {
  createUser,
  listUsers,
  removeUser,
  setPassword,
} from "../../supabase/local/admin/users.ts";
import { withOwnerDatabase } from "../../supabase/local/admin/owner-database.ts";
import { createWorkspace } from "../../supabase/local/admin/workspaces.ts";
import { admin, lockWaits } from "../support/admin-keys.ts";
import { migratedDatabase } from "../support/own-migrated-database.ts";
import { afterwards, asOwner } from "../support/workspace.ts";

/** An email of one test alone: accounts are of an email, whichever workspace. */
const mail = (name: string) => `${name}-${randomUUID()}@x.org`;

function accountOf(email: string) {
  return asOwner("select password_hash, set_in from crm.accounts where email = $1", [email]);
}

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

test("a user is a member who is invited, unless a role or a password is given", async () => {
  const { id, slug } = await workspace();
  const passwordHash = "a hash";
  const made = [
    await createUser(admin, { workspace: slug, name: "A", email: mail("a") }),
    await createUser(admin, { workspace: slug, name: "B", email: mail("b"), role: "viewer" }),
    await createUser(admin, { workspace: slug, name: "C", email: mail("c"), passwordHash }),
  ];
  expect(made.map(({ role, status }) => [role, status])).toEqual([
    ["member", "invited"],
    ["viewer", "invited"],
    ["member", "active"],
  ]);
  expect(await listUsers(admin, slug)).toEqual(made);
  const [, , { email }] = made as [unknown, unknown, { email: string }];
  expect(await accountOf(email)).toEqual([{ password_hash: "a hash", set_in: id }]);
  expect(await accountOf(made[0]!.email)).toEqual([]);
  await removeUser(admin, { workspace: slug, email });
  expect(await accountOf(email)).toEqual([]);
});

test("a password is given to the workspace's own user, whom nothing else can be of", async () => {
  const { slug } = await workspace();
  const { id: elsewhere, slug: other } = await workspace();
  const email = mail("jane");
  const jane = { name: "Jane", email, passwordHash: "first" };
  await createUser(admin, { ...jane, workspace: other });
  await expect(createUser(admin, { ...jane, workspace: slug, passwordHash: "second" })).rejects
    .toThrow("signs in to another workspace already: leave --password out");
  expect(await listUsers(admin, slug)).toEqual([]);
  expect(await accountOf(email)).toEqual([{ password_hash: "first", set_in: elsewhere }]);
  await createUser(admin, { name: "Jane", email, workspace: slug });
  expect(await accountOf(email)).toEqual([{ password_hash: "first", set_in: elsewhere }]);
});

test("a new password holds wherever the email has a user", async () => {
  const [first, second] = [await workspace(), await workspace()];
  const email = mail("jane");
  const user = await createUser(admin, { workspace: first.slug, name: "Jane", email });
  await createUser(admin, { workspace: second.slug, name: "Jane R", email });
  for (const passwordHash of ["one", "two"]) {
    const workspaces = [first.slug, second.slug];
    expect(await setPassword(admin, { email, passwordHash })).toEqual({ user, workspaces });
    expect(await accountOf(email)).toEqual([{ password_hash: passwordHash, set_in: first.id }]);
  }
  await expect(setPassword(admin, { email: mail("nobody"), passwordHash: "x" })).rejects
    .toThrow("No workspace has a user");
});

test("a user who is removed while their password is set leaves no account", async () => {
  const { slug } = await workspace();
  const email = mail("jane");
  await createUser(admin, { workspace: slug, name: "Jane", email });
  const setter = await admin.connect();
  await setter.query("begin");
  await setPassword(setter, { email, passwordHash: "one" });
  const removal = removeUser(admin, { workspace: slug, email });
  await lockWaits(1);
  await setter.query("commit");
  setter.release();
  await removal;
  expect(await accountOf(email)).toEqual([]);
});

test("the last admin stays", async () => {
  const { slug } = await workspace();
  const [one, two] = [mail("one"), mail("two")];
  await createUser(admin, { workspace: slug, name: "One", email: one, role: "admin" });
  await createUser(admin, { workspace: slug, name: "Two", email: two });
  await expect(removeUser(admin, { workspace: slug, email: one })).rejects.toThrow(
    `"${one}" is the last admin of the workspace "${slug}": add another first.`,
  );
  await removeUser(admin, { workspace: slug, email: two });
  expect(await listUsers(admin, slug)).toMatchObject([{ email: one, role: "admin" }]);
});

test("everything works for an owner who obeys row-level security", async () => {
  const { ownerUrl, drop } = await migratedDatabase();
  afterwards(drop);
  await withOwnerDatabase({ DATABASE_URL: ownerUrl }, async (database) => {
    const { slug } = await createWorkspace(database, { slug: "acme", name: "Acme" });
    const jane = { workspace: slug, name: "Jane", email: "jane@x.org" };
    const made = await createUser(database, { ...jane, passwordHash: "one" });
    const set = await setPassword(database, { email: jane.email, passwordHash: "two" });
    expect(set).toEqual({ user: made, workspaces: [slug] });
    const { rows } = await database.query("select email, password_hash from crm.accounts");
    expect(rows).toEqual([{ email: jane.email, password_hash: "two" }]);
    await removeUser(database, jane);
    expect((await database.query("select from crm.accounts")).rows).toEqual([]);
  });
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
  const wrong = (options: Record<string, string>) => () =>
    create?.prepare({
      argument: "jane@x.org",
      options: { workspace: slug, name: "Jane", ...options },
    });
  expect(wrong({ role: "owner" })).toThrow('There is no role "owner": use one of admin, manager,');
  expect(wrong({ role: "viewers" })).toThrow("did you mean viewer?");
  for (const password of ["1234567", "x".repeat(129)]) {
    expect(wrong({ password })).toThrow(
      /^--password cannot be used: take 8 to 128 characters\.$/,
    );
  }
  expect(wrong({ password: "@/no/such/file" })).toThrow(
    'The file "/no/such/file" of --password cannot be read (ENOENT)',
  );
});
