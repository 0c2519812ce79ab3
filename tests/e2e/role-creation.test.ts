import { expect, test } from "vitest";
import { ApiClient, type Json } from "../support/api-client.ts";
import { expectError } from "../support/expect-error.ts";
import { lioWorld } from "../support/lio.ts";
import { gatewayUrl } from "../support/workspace.ts";

const ROLES = "v1-public-roles";

const refused = ({ body }: { body: Json }): [string, string][] =>
  body.error.details.fields.map(({ field, message }: Json) => [field, message]);

test("a role of the workspace's own is made with the rights of a base, and is LIO's too", async () => {
  const { workspace: { api }, admin, user } = await lioWorld();
  const given = { name: "Партнёры 🙂", description: "Brings in leads", base: "viewer" };
  const dry = await api.post(`${ROLES}?dry_run=true`, given);
  expect(dry.body.data).toMatchObject({ outcome: "created", record: given });
  expect((await api.get(ROLES)).body.data.items).toHaveLength(4);
  const made = await api.post(ROLES, given);
  expect(made.status, made.text).toBe(201);
  expect(made.body.data).toMatchObject({
    ...given,
    is_active: true,
    is_system: false,
    user_count: 0,
  });
  const { id: made_id, number: id } = made.body.data;
  expect((await api.get(`${ROLES}?id=${made_id}`)).body.data).toEqual(made.body.data);
  const ofLio = { id, name: given.name, description: given.description, base_role_id: 4 };
  expect(await admin.api.read("role/list")).toContainEqual(expect.objectContaining(ofLio));
  const vera = await user("manager");
  await admin.api.done(`user/update/${vera.number}`, { role_id: id });
  const hers = await new ApiClient(gatewayUrl(), vera.api.key).get("v1-public-sign-in");
  expect(hers.body.data.user).toMatchObject({ role: "viewer", role_name: given.name });
  const ofAll = await api.post(ROLES, { name: "Admin", base: "viewer" });
  expect(ofAll.body.data).toMatchObject({ name: "Admin", base: "viewer", is_system: false });
  const twice = await api.post(ROLES, { name: "ПАРТНЁРЫ 🙂", base: "rep" });
  expectError(twice, 409, "CONFLICT");
  expect(refused(twice)).toEqual([["name", "Another role has this name."]]);
  const wrong = await api.post(ROLES, { description: "x".repeat(501), number: 1, base: "owner" });
  expectError(wrong, 400, "VALIDATION_ERROR");
  expect(refused(wrong).map(([field]) => field).sort())
    .toEqual(["base", "description", "name", "number"]);
});
