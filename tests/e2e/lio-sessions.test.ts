import { createHash, randomUUID } from "node:crypto";
import { expect, inject, test } from "vitest";
import { expectLioError, LioClient, lioWorld } from "../support/lio.ts";
import { PASSWORD, person, spared } from "../support/people.ts";
import { asOwner } from "../support/workspace.ts";

const nobody = () => new LioClient(inject("gatewayUrl"), null);

test("what another process did to a session, its user or their role holds at once", async () => {
  const { workspace, user } = await lioWorld();
  const [left, demoted, dismissed] = [
    await user("manager"),
    await user("manager"),
    await user("manager"),
  ];
  const add = { first_name: "Jane", last_name: "Roe" };
  for (const { api } of [left, demoted, dismissed]) await api.made("lead/add", add);
  await asOwner("select app.end_session($1, $2)", [left.email, left.sessionId]);
  await asOwner(
    `update crm.users set role = case id when $2 then 'viewer' else role end,
        status = case id when $3 then 'inactive' else status end
      where workspace_id = $1`,
    [workspace.id, demoted.id, dismissed.id],
  );
  expectLioError(await left.api.get("user/my"), 401, "authentication_error", "token_revoked");
  expectLioError(await demoted.api.post("lead/add", add), 403, "permission_error", "role");
  expectLioError(
    await dismissed.api.get("user/my"),
    403,
    "permission_error",
    "account_inactive",
  );
});

test("a login and a logout that are retried with their key are done once", async () => {
  const { email, workspace } = await person();
  const once = { "Idempotency-Key": "login 1" };
  const login = (body: object, headers: Record<string, string> = once) =>
    spared(nobody().post("auth/login", { email, password: PASSWORD, ...body }, headers));
  const [first, second] = await Promise.all([login({}), login({})]);
  const replayed = [first, second].map(({ headers }) => headers.get("idempotency-replayed"));
  expect(replayed.toSorted()).toEqual([null, "true"]);
  expect(first.status, first.text).toBe(200);
  expect(second.text).toBe(first.text);
  const sessions = await asOwner("select id from crm.sessions where email = $1", [email]);
  expect(sessions).toHaveLength(1);
  const kept = await asOwner<{ body: string }>(
    "select body from crm.idempotency_keys where workspace_id = $1",
    [workspace.id],
  );
  expect(kept).toHaveLength(1);
  expect(kept[0]?.body).not.toContain(String(first.body.access_token).split(".")[2]);
  expect(kept[0]?.body).not.toContain(email);

  expectLioError(
    await login({ password: "not the password" }),
    401,
    "authentication_error",
    "invalid_credentials",
  );
  const organization_id = first.body.user.organization_id;
  const other = await login({ organization_id });
  expectLioError(other, 409, "conflict", "idempotency_key_reused");
  const foreign = await login({ organization_id: `org_${"0".repeat(32)}` });
  expectLioError(foreign, 403, "permission_error", "no_organization");

  const { access_token } = first.body;
  const logout = (key?: string) =>
    new LioClient(inject("gatewayUrl"), access_token)
      .post("auth/logout", {}, key === undefined ? {} : { "Idempotency-Key": key });
  const left = await logout("logout 1");
  expect(left.status, left.text).toBe(200);
  const again = await logout("logout 1");
  expect([again.status, again.text, again.headers.get("idempotency-replayed")])
    .toEqual([200, left.text, "true"]);
  for (const late of [await logout("logout 2"), await logout()]) {
    expectLioError(late, 401, "authentication_error", "token_revoked");
  }
});

test("a key is its user's, in all their sessions, and nobody else's", async () => {
  const { admin, user } = await lioWorld();
  const other = await user("admin");
  const send = (api: LioClient) =>
    api.post("lead/add", { first_name: "Jane", last_name: "Roe" }, { "Idempotency-Key": "1" });
  const first = await send(admin.api);
  expect(first.status, first.text).toBe(201);
  expectLioError(await send(other.api), 409, "conflict", "idempotency_key_reused");
  const { body } = await nobody().post("auth/login", { email: admin.email, password: PASSWORD });
  const again = await send(new LioClient(inject("gatewayUrl"), body.access_token));
  expect([again.status, again.text, again.headers.get("idempotency-replayed")])
    .toEqual([201, first.text, "true"]);
});

test.each([
  ["user/add", ["password"], {
    first_name: "Jane",
    phone_no: "+4930123456",
    email: `${randomUUID()}@example.com`,
  }],
  ["user/change-password", ["new_password", "confirm_password"], { current_password: PASSWORD }],
])(
  "%s is done once under a key, of which no hash is kept that tells the password",
  async (path, fields, rest) => {
    const { workspace, admin: { api, id } } = await lioWorld();
    const body = (password: string) => ({
      ...rest,
      ...Object.fromEntries(fields.map((field) => [field, password])),
    });
    const send = (password: string) => api.post(path, body(password), { "Idempotency-Key": "1" });
    const first = await send("guess me");
    expect(first.status, first.text).toBeOneOf([200, 201]);
    const again = await send("guess me");
    expect([again.text, again.headers.get("idempotency-replayed")]).toEqual([first.text, "true"]);
    expectLioError(await send("guess you"), 409, "conflict", "idempotency_key_reused");
    const kept = await asOwner<{ hash: string }>(
      "select encode(request_hash, 'hex') as hash from crm.idempotency_keys where workspace_id = $1",
      [workspace.id],
    );
    const sent = JSON.stringify(body("guess me"));
    const said = JSON.stringify(["POST", `/lio/api/${path}`, "", sent, id]);
    expect(kept).toEqual([{ hash: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
    expect(kept[0]?.hash).not.toBe(createHash("sha256").update(said).digest("hex"));
  },
);
