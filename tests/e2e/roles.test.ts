import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { ApiClient, type Json } from "../support/api-client.ts";
import { besides } from "../support/as-role.ts";
import { expectError } from "../support/expect-error.ts";
import { expectLioError, type LioUser, lioWorld } from "../support/lio.ts";
import { asOwner, gatewayUrl } from "../support/workspace.ts";

const ROLES = "v1-public-roles";
const [ADMIN, REP] = [1, 3].map((n) => `00000000-0000-0000-0000-00000000000${n}`);

async function rolesWorld() {
  const world = await lioWorld();
  const { workspace: { api }, admin } = world;
  const update = (id: string, change: object) => api.patch(`${ROLES}?id=${id}`, change);
  const one = async (id: string): Promise<Json> => (await api.get(`${ROLES}?id=${id}`)).body.data;
  const give = async ({ number }: LioUser, role: Json) => {
    const { status, text } = await admin.api.post(`user/update/${number}`, {
      role_id: role.number,
    });
    expect(status, text).toBe(200);
  };
  const role = async (base: string, name: string = randomUUID()): Promise<Json> => {
    const [made] = await asOwner<{ id: string }>(
      "insert into crm.roles (workspace_id, name, base) values ($1, $2, $3) returning id",
      [world.workspace.id, name, base],
    );
    return await one(String(made?.id));
  };
  return { ...world, api, update, one, give, role };
}

function native({ api: { key } }: LioUser): ApiClient {
  return new ApiClient(gatewayUrl(), key);
}

function refusedFields({ body }: { body: Json }): [string, string][] {
  return body.error.details.fields.map(({ field, message }: Json) => [field, message]);
}

test("the roles of every workspace are listed with its own, and those alone are changed and deleted", async () => {
  const { api, admin, update, one } = await rolesWorld();
  const { id: number } = await admin.api.made("role/add", { name: "Partners", base_role_id: 4 });
  const list = (await api.get(`${ROLES}?sort_by=number&sort_order=asc`)).body.data;
  expect(list.items.map(({ name, base, is_system }: Json) => [name, base, is_system])).toEqual([
    ["Admin", "admin", true],
    ["Manager", "member", true],
    ["Rep", "rep", true],
    ["Viewer", "viewer", true],
    ["Partners", "viewer", false],
  ]);
  const { id } = list.items[4];
  expect(list.items[4]).toMatchObject({ number, description: null, user_count: 0 });
  const name = "Партнёры 🙂";
  const change = { name, description: "Brings in leads", base: "rep" };
  const dry = await api.patch(`${ROLES}?id=${id}&dry_run=true`, change);
  expect(dry.body.data).toMatchObject({
    outcome: "updated",
    changes: { name: { from: "Partners", to: name }, base: { from: "viewer", to: "rep" } },
  });
  expect((await one(id)).name).toBe("Partners");
  expect((await update(id, change)).body.data).toMatchObject({ id, number, ...change });
  expect((await update(id, { description: null })).body.data)
    .toMatchObject({ name, description: null, base: "rep" });
  await admin.api.made("role/add", { name: "Desk" });
  expect(refusedFields(await update(id, { name: "DESK" })))
    .toEqual([["name", "Another role has this name."]]);
  const wrong = await update(id, { name: "x".repeat(51), base: "owner", is_system: true });
  expectError(wrong, 400, "VALIDATION_ERROR");
  expect(refusedFields(wrong).map(([field]) => field)).toEqual(["name", "base", "is_system"]);
  for (
    const answer of [
      await update(ADMIN ?? "", { name: "Owner" }),
      await api.delete(`${ROLES}?id=${ADMIN}`),
    ]
  ) {
    expectError(answer, 409, "CONFLICT");
    expect(refusedFields(answer)).toEqual([["id", expect.stringContaining("the role Admin")]]);
  }
  expectError(await update(randomUUID(), { name: "Nobody" }), 404, "NOT_FOUND");
  const elsewhere = await rolesWorld();
  expectError(await elsewhere.update(id, { name: "Mine" }), 404, "NOT_FOUND");
  expectError(await elsewhere.api.delete(`${ROLES}?id=${id}`), 404, "NOT_FOUND");
  expect((await api.delete(`${ROLES}?id=${id}`)).body.data).toEqual({ deleted: true, id });
  expectError(await api.delete(`${ROLES}?id=${id}`), 404, "NOT_FOUND");
});

test("what a role gives by now holds for its users from the next request on", async () => {
  const { user, update, give, role } = await rolesWorld();
  const rita = await user("manager");
  const desk = await role("viewer", "Desk");
  await give(rita, desk);
  const statuses = async () => {
    const api = native(rita);
    const wrong = { nothing: 1 };
    const { status: company } = await api.post("v1-public-companies", wrong);
    const { status: keys } = await api.get("v1-public-api-keys");
    const { body } = await api.get("v1-public-sign-in");
    return [company, keys, body.data.user.role, body.data.user.role_name];
  };
  expect(await statuses()).toEqual([403, 403, "viewer", "Desk"]);
  await update(desk.id, { base: "admin", name: "Chiefs" });
  expect(await statuses()).toEqual([400, 200, "admin", "Chiefs"]);
  await update(desk.id, { base: "rep" });
  expect(await statuses()).toEqual([400, 403, "rep", "Chiefs"]);
  await update(desk.id, { base: "member" });
  expect(await statuses()).toEqual([400, 403, "member", "Chiefs"]);
  expect((await rita.api.read("user/my")).role_id).toBe(desk.number);
});

test("a role of users is deleted once it is told which they get instead", async () => {
  const { api, user, give, role, one } = await rolesWorld();
  const users = [await user("manager"), await user("viewer")];
  const [desk, others] = [await role("member"), await role("viewer", "Others")];
  for (const given of users) await give(given, desk);
  const refused = await api.delete(`${ROLES}?id=${desk.id}`);
  expectError(refused, 409, "CONFLICT");
  expect(refusedFields(refused)).toEqual([[
    "replace_with",
    expect.stringContaining("(2 of them)"),
  ]]);
  for (const id of [desk.id, randomUUID(), (await (await rolesWorld()).role("rep")).id]) {
    const answer = await api.delete(`${ROLES}?id=${desk.id}&replace_with=${id}`);
    expectError(answer, 400, "VALIDATION_ERROR");
    expect(refusedFields(answer)).toEqual([["replace_with", "Must be the id of another role."]]);
  }
  const dry = await api.delete(`${ROLES}?id=${desk.id}&replace_with=${REP}&dry_run=true`);
  expect(dry.body.data).toMatchObject({ outcome: "deleted", record: { user_count: 2 } });
  expect((await one(desk.id)).user_count).toBe(2);
  expect((await api.delete(`${ROLES}?id=${desk.id}&replace_with=${others.id}`)).status).toBe(200);
  expect((await one(others.id)).user_count).toBe(2);
  expect((await api.delete(`${ROLES}?id=${others.id}&replace_with=${REP}`)).status).toBe(200);
  for (const { api: theirs } of users) {
    expect(await theirs.read("user/my")).toMatchObject({ role_id: 3, role_name: "Rep" });
  }
});

test("the last admin stays one, whichever way the role is changed", async () => {
  const { api, admin, user, update, give, role, one } = await rolesWorld();
  const chiefs = await role("admin", "Chiefs");
  const viewers = await role("viewer", "Viewers of ours");
  const second = await user("admin");
  for (const given of [second, admin]) await give(given, chiefs);
  const refused = await update(chiefs.id, { base: "member" });
  expectError(refused, 409, "CONFLICT");
  expect(refusedFields(refused)).toEqual([["base", expect.stringContaining("an admin")]]);
  const deletion = await api.delete(`${ROLES}?id=${chiefs.id}&replace_with=${REP}`);
  expectError(deletion, 409, "CONFLICT");
  expect(refusedFields(deletion)).toEqual([["replace_with", expect.stringContaining("an admin")]]);
  expect(await one(chiefs.id)).toMatchObject({ base: "admin", user_count: 2 });
  await give(second, viewers);
  const last = await admin.api.post(`user/update/${admin.number}`, { role_id: viewers.number });
  expectLioError(last, 409, "conflict", "last_admin");
  expect((await native(admin).get("v1-public-api-keys")).status).toBe(200);
});

test("who gets a role while it is changed or deleted has what it gives afterwards", async () => {
  const { api, workspace, admin, user, update, give, role } = await rolesWorld();
  const rita = await user("manager");
  const [changed, gone] = [await role("member", "Changed"), await role("member", "Gone")];
  const given = (number: number) =>
    [
      "update crm.users set custom_role = $2 where id = $1",
      rita.id,
      number,
    ] as [string, ...unknown[]];
  const answer = await besides(
    workspace.id,
    given(changed.number),
    () => update(changed.id, { base: "viewer" }),
  );
  expect(answer.body.data).toMatchObject({ base: "viewer", user_count: 1 });
  expect((await native(rita).post("v1-public-companies", {})).status).toBe(403);
  const refused = await besides(
    workspace.id,
    given(gone.number),
    () => api.delete(`${ROLES}?id=${gone.id}`),
  );
  expectError(refused, 409, "CONFLICT");
  await besides(
    workspace.id,
    [
      `with locked as materialized (select app.lock_role($1) as number)
        update crm.roles r set base = 'rep' from locked
        where r.workspace_id = app.workspace_id() and r.number = locked.number`,
      changed.id,
    ],
    () => give(rita, changed),
  );
  expect((await native(rita).get("v1-public-sign-in")).body.data.user.role).toBe("rep");
  const late = await besides(
    workspace.id,
    ["select app.delete_role($1, $2)", gone.id, changed.id],
    () => admin.api.post(`user/update/${rita.number}`, { role_id: gone.number, language: "de" }),
  );
  expectLioError(late, 422, "validation_error");
  expect(await rita.api.read("user/my")).toMatchObject({ role_id: changed.number });
});
