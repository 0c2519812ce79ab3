import { randomUUID } from "node:crypto";
import { describe, expect, inject, test } from "vitest";
import { begin, session, untilItWaits } from "../support/as-role.ts";
import { type LeadWorld, leadWorld } from "../support/lead-world.ts";
import { asOwner } from "../support/workspace.ts";

const unique = () => `${randomUUID()}@example.com`;
const user = ({ insert }: LeadWorld, fields: object = {}) =>
  insert("users", { name: "U", email: unique(), role: "member", status: "active", ...fields });
const accounts = (email: unknown) =>
  asOwner("select password_hash, set_in from crm.accounts where email = $1", [email]);

describe("the last admin who is not inactive", () => {
  test("is neither deleted, made inactive nor given another role", async () => {
    const world = await leadWorld();
    const { id } = await user(world, { role: "admin" });
    await user(world, { role: "admin", status: "inactive" });
    await user(world);
    const { rows } = world;
    for (const change of ["role = 'viewer'", "status = 'inactive'"]) {
      await expect(rows(`update crm.users set ${change} where id = $1`, id))
        .rejects.toMatchObject({ code: "LB010" });
    }
    await expect(rows("delete from crm.users where id = $1", id)).rejects.toMatchObject({
      code: "LB010",
    });
    await expect(rows("delete from crm.users")).rejects.toMatchObject({ code: "LB010" });
    await rows(
      "update crm.users set name = 'Still', role = 'admin', status = 'active' where id = $1",
      id,
    );
    const other = await user(world, { role: "admin", status: "invited" });
    await rows("delete from crm.users where id = $1", id);
    await expect(rows("delete from crm.users where id = $1", other.id))
      .rejects.toMatchObject({ code: "LB010" });
  });

  test("stays when two are taken at once", async () => {
    const world = await leadWorld();
    const admins = [await user(world, { role: "admin" }), await user(world, { role: "admin" })];
    const [first, second] = [await session(inject("apiUrl")), await session(inject("apiUrl"))];
    for (const client of [first, second]) await begin(client, world.id);
    await first.query("delete from crm.users where id = $1", [admins[0]!.id]);
    const change = second
      .query("update crm.users set role = 'member' where id = $1", [admins[1]!.id])
      .catch((error: unknown) => error);
    await untilItWaits(second);
    await first.query("commit");
    expect(await change).toMatchObject({ code: "LB010" });
  });

  test("goes with the workspace, and does not count in another", async () => {
    const [world, other] = [await leadWorld(), await leadWorld()];
    await user(other, { role: "admin" });
    const { id } = await user(world, { role: "admin" });
    await expect(world.rows("delete from crm.users where id = $1", id))
      .rejects.toMatchObject({ code: "LB010" });
    await asOwner("delete from crm.workspaces where id = $1", [world.id]);
  });
});

test("a deleted user's leads, deals and tasks are unassigned", async () => {
  const world = await leadWorld();
  const { id } = await user(world);
  const lead = await world.create({ assigned_to: id });
  await world.insert("deals", { title: "D", assigned_to: id, currency: "USD", status: "open" });
  await world.insert("tasks", { title: "T", assigned_to: id, status: "open", priority: "low" });
  await world.rows("delete from crm.users where id = $1", id);
  expect(await world.lead(lead.id)).toMatchObject({ assigned_to: null, assigned_number: null });
  expect(
    await world.rows(
      "select assigned_to from crm.deals union all select assigned_to from crm.tasks",
    ),
  )
    .toEqual([{ assigned_to: null }, { assigned_to: null }]);
});

test("who was active or inactive is not invited again", async () => {
  const world = await leadWorld();
  const [active, invited] = [await user(world), await user(world, { status: "invited" })];
  const invite = "update crm.users set status = 'invited', name = 'X' where id = $1 returning id";
  await expect(world.rows(invite, active.id)).rejects.toMatchObject({ code: "LB014" });
  expect(await world.rows(invite, invited.id)).toHaveLength(1);
});

describe("a password", () => {
  test("is set and replaced, and is nothing that the API reads or an event tells", async () => {
    const world = await leadWorld();
    const { id, email } = await user(world);
    await world.events();
    for (const hash of ["one", "two"]) {
      expect(await world.call("set_password", id, hash)).toEqual([{ set_password: true }]);
    }
    expect(await accounts(email)).toEqual([{ password_hash: "two", set_in: world.id }]);
    await expect(world.rows("select * from crm.accounts")).rejects.toMatchObject({ code: "42501" });
    expect(await world.events()).toEqual([]);
  });

  test("is refused to an email that signs in elsewhere, whoever asks", async () => {
    const [first, second] = [await leadWorld(), await leadWorld()];
    const email = unique();
    const mine = await user(first, { email, status: "invited" });
    const theirs = await user(second, { email, status: "invited" });
    await first.call("set_password", mine.id, "one");
    expect(await second.refusal("set_password", theirs.id, "two")).toBe("LB011");
    expect(await first.refusal("set_password", mine.id, "three")).toBe("LB011");
    expect(await accounts(email)).toMatchObject([{ password_hash: "one" }]);
    await second.rows("delete from crm.users where id = $1", theirs.id);
    await first.call("set_password", mine.id, "three");
    expect(await accounts(email)).toMatchObject([{ password_hash: "three" }]);
  });

  test("is no way into another workspace that has let the email in before", async () => {
    const [mine, other] = [await leadWorld(), await leadWorld()];
    for (const status of ["active", "inactive"]) {
      const email = unique();
      await user(other, { email, status });
      const { id } = await user(mine, { email });
      expect(await mine.refusal("set_password", id, "hash")).toBe("LB011");
      expect(await accounts(email)).toEqual([]);
    }
  });

  test("is set by one of two workspaces at once", async () => {
    const worlds = [await leadWorld(), await leadWorld()];
    const email = unique();
    const invited = { email, status: "invited" };
    const users = [await user(worlds[0]!, invited), await user(worlds[1]!, invited)];
    const outcomes = await Promise.all(
      worlds.map((world, i) => world.refusal("set_password", users[i]!.id, `hash-${i}`)),
    );
    expect(outcomes.filter((outcome) => outcome === "LB011")).toHaveLength(1);
    expect(await accounts(email)).toHaveLength(1);
  });

  test("goes along to a user's new email, and with the last user of an email", async () => {
    const world = await leadWorld();
    const [{ id, email }, next] = [await user(world), unique()];
    await world.call("set_password", id, "hash");
    await world.rows("update crm.users set email = $2 where id = $1", id, next);
    expect([await accounts(email), await accounts(next)])
      .toEqual([[], [{ password_hash: "hash", set_in: world.id }]]);
    await world.rows("delete from crm.users where id = $1", id);
    expect(await accounts(next)).toEqual([]);
  });

  test("does not go along to an email that another workspace knows", async () => {
    const [world, other] = [await leadWorld(), await leadWorld()];
    const [{ id, email }, known] = [await user(world), await user(other)];
    await world.call("set_password", id, "hash");
    await world.rows("update crm.users set email = $2 where id = $1", id, known.email as string);
    expect([await accounts(email), await accounts(known.email)]).toEqual([[], []]);
  });

  test("stays while another workspace has a user of the email", async () => {
    const [world, other] = [await leadWorld(), await leadWorld()];
    const { id, email } = await user(world);
    await world.call("set_password", id, "hash");
    await user(other, { email });
    await world.rows("delete from crm.users where id = $1", id);
    expect(await accounts(email)).toHaveLength(1);
  });
});
