import { randomUUID } from "node:crypto";
import { expect, inject, test } from "vitest";
import { SCOPES } from "../../shared/dialects/lio/access.ts";
import { ApiClient } from "../support/api-client.ts";
import {
  expectLioError,
  expectLioFields,
  LioClient,
  lioUser,
  lioWorld,
  TIME,
} from "../support/lio.ts";
import { age, PASSWORD, person, spared } from "../support/people.ts";
import { asOwner } from "../support/workspace.ts";

const nobody = () => new LioClient(inject("gatewayUrl"), null);

test("logging in answers a token that names the organisation, and works until logging out", async () => {
  const { email, workspace } = await person({ role: "admin" });
  const { status, text, body } = await nobody().post("auth/login", {
    email: email.toUpperCase(),
    password: PASSWORD,
  });
  expect(status, text).toBe(200);
  expect(body).toEqual({
    success: true,
    access_token: expect.any(String),
    token_type: "Bearer",
    expires_in: 2_592_000,
    expires_at: TIME,
    user: {
      id: expect.any(Number),
      email,
      name: "Jane Roe",
      organization_id: `org_${workspace.id.replaceAll("-", "")}`,
      role_name: "Admin",
    },
  });
  const api = new LioClient(inject("gatewayUrl"), body.access_token);
  const me = await api.read("user/my");
  expect(me).toEqual({
    id: body.user.id,
    first_name: "Jane",
    last_name: "Roe",
    name: "Jane Roe",
    email,
    phone_no: null,
    role_id: 1,
    role_name: "Admin",
    language: "en",
    timezone: "UTC",
    state_id: 1,
    organization_id: body.user.organization_id,
    last_login_at: TIME,
    created_at: TIME,
    updated_at: TIME,
    booking: expect.objectContaining({ enabled: false }),
  });
  expect((await api.post("auth/logout", {})).status).toBe(200);
  expectLioError(await api.get("user/my"), 401, "authentication_error", "token_revoked");
});

test("what is wrong with a login is told as the reference has it", async () => {
  const { email } = await person();
  const login = (body: object) => spared(nobody().post("auth/login", body));
  expectLioFields(await login({ email }), 400, "password");
  expectLioFields(await login({ email: 1, password: null }), 400, "email", "password");
  const unknown = await login({ email: "nobody@example.com", password: PASSWORD });
  expectLioError(unknown, 404, "not_found");
  const wrong = await login({ email, password: "not the password" });
  expectLioError(wrong, 401, "authentication_error", "invalid_credentials");
});

test("the lists of roles and users are pages", async () => {
  const { admin } = await lioWorld();
  const { body, text } = await admin.api.get("role/list?order_in=asc");
  expect(body, text).toMatchObject({ total: 4, page: 1, limit: 10, message: "Roles fetched" });
  expect(body.data.map(({ name }: { name: string }) => name)).toEqual([
    "Admin",
    "Manager",
    "Rep",
    "Viewer",
  ]);
  const users = await admin.api.read("user/list?role_id=1,2&state_id=1&search_value=jane");
  expect(users.map(({ id }: { id: number }) => id)).toEqual([admin.number]);
  const twice = await admin.api.get("user/list?limit=0&order_by=nme&x=1&state_id=7");
  expectLioFields(twice, 400, "limit", "state_id", "order_by", "x");
});

test("a path that is not there yet is not found", async () => {
  const { admin } = await lioWorld();
  expectLioError(await admin.api.get("ai/ask"), 404, "not_found");
  const document = await new ApiClient(inject("gatewayUrl"), null).get("lio/openapi.json");
  expect(document.status).toBe(200);
});

test("of twenty wrong passwords at once five are told so, and the lock holds until the last is old", async () => {
  const { email } = await person();
  const login = (password: string) => spared(nobody().post("auth/login", { email, password }));
  const answers = await Promise.all(Array.from({ length: 20 }, () => login("not the password")));
  const locked = answers.filter(({ status }) => status === 429);
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
  expect(locked).toHaveLength(15);
  for (const answer of [...locked, await login(PASSWORD)]) {
    expectLioError(answer, 429, "rate_limit_error", "account_locked");
    expect(Number(answer.headers.get("retry-after"))).toBeOneOf(
      Array.from({ length: 900 }, (_, i) => i + 1),
    );
  }
  // All but the last are old by now.
  await asOwner(
    `update crm.sign_in_attempts set at = at - interval '14 minutes 50 seconds'
      where subject = app.sign_in_subject('email', $1)
        and id <> (select max(id::text)::uuid from crm.sign_in_attempts where subject = app.sign_in_subject('email', $1))`,
    [email],
  );
  await asOwner(
    `update crm.sign_in_attempts set at = at - interval '1 hour'
      where subject = app.sign_in_subject('email', $1) and at < now() - interval '10 minutes'`,
    [email],
  );
  expectLioError(await login(PASSWORD), 429, "rate_limit_error", "account_locked");
  await age("email", email, "15 minutes");
  expect((await login(PASSWORD)).status).toBe(200);
});

test("an email that nobody has locks nobody out, but counts for its address", async () => {
  const email = `${randomUUID()}@example.com`;
  for (let n = 0; n < 6; n++) {
    expectLioError(
      await nobody().post("auth/login", { email, password: PASSWORD }),
      404,
      "not_found",
    );
  }
});

test("a token that was changed, is of another kind or has expired lets nobody in", async () => {
  const { workspace, admin } = await lioWorld();
  const [head = "", claims = "", signature = ""] = admin.api.key?.split(".") ?? [];
  const none = btoa(JSON.stringify({ alg: "none", typ: "JWT" })).replaceAll("=", "");
  const other = btoa(atob(claims).replace(/"sub":"\d+"/, '"sub":"1"')).replaceAll("=", "");
  const key = await workspace.key({ api: "lio", scopes: SCOPES });
  // The last character has two bits more than the signature, which the next one differs in alone.
  const mistyped = signature.replace(/.$/, (last) => String.fromCharCode(last.charCodeAt(0) + 1));
  const changed = [`${head}.${other}.${signature}`, `${head}.${claims}.${mistyped}`];
  for (const token of [`${none}.${claims}.`, ...changed, "x", key, ""]) {
    const answer = await nobody().get("user/my", { authorization: `Bearer ${token}` });
    expectLioError(answer, 401, "authentication_error", "token_invalid");
  }
  const missing = await nobody().get("user/my");
  expectLioError(missing, 401, "authentication_error", "token_missing");
  const old = await lioUser(workspace, "admin", { at: Date.now() / 1_000 - 2_592_001 });
  expectLioError(await old.api.get("user/my"), 401, "authentication_error", "token_expired");
  const ended = await lioUser(workspace, "admin", { ended: true });
  expectLioError(await ended.api.get("user/my"), 401, "authentication_error", "token_revoked");
});
