import { describe, expect, test } from "vitest";
import { ApiClient } from "../support/api-client.ts";
import { FUNCTIONS_ENVIRONMENT } from "../support/functions-environment.ts";
import { type LioRole, lioUser, strangersToken, tokens } from "../support/lio.ts";
import { asOwner, gatewayUrl, type TestWorkspace, testWorkspace } from "../support/workspace.ts";

/** A list of each API that takes user tokens, and where it names what is wrong. */
const LISTS = {
  "v1-public-contacts-crud": "error",
  "leadhub/api/v1/leads": null,
} as const;

const clientOf = (token: string | null) => new ApiClient(gatewayUrl(), token);

async function user(workspace: TestWorkspace, role: LioRole, how = {}) {
  const made = await lioUser(workspace, role, how);
  return { ...made, client: clientOf(made.api.key) };
}

describe.each(Object.entries(LISTS))("%s", (path, within) => {
  const refused = async (token: string, status: number, message: RegExp) => {
    const answer = await clientOf(token).get(path);
    expect(answer.status, answer.text).toBe(status);
    expect((within === null ? answer.body : answer.body[within]).message).toMatch(message);
    return answer;
  };

  test("lets a user in by the token of LIO's login, counted by themselves", async () => {
    const workspace = await testWorkspace({ requests_per_minute: 1 });
    const { client } = await user(workspace, "viewer");
    for (let n = 0; n < 3; n++) expect((await client.get(path)).status).toBe(200);
    const { headers } = await client.get(path);
    const limit = FUNCTIONS_ENVIRONMENT.LUMENBASE_USER_REQUESTS_PER_MINUTE;
    expect(headers.get("x-ratelimit-limit")).toBe(limit);
  });

  test("says why a token lets nobody in", async () => {
    const workspace = await testWorkspace();
    const ended = await user(workspace, "admin", { ended: true });
    const answer = await refused(ended.api.key ?? "", 401, /revoked; sign in again/);
    expect(answer.headers.get("www-authenticate")).toBe('Bearer error="invalid_token"');
    const old = await user(workspace, "admin", { at: Date.now() / 1_000 - 40 * 86_400 });
    await refused(old.api.key ?? "", 401, /expired; sign in again/);
    const inactive = await user(workspace, "admin", { inactive: true });
    await refused(inactive.api.key ?? "", 403, /inactive/);
    await refused(await strangersToken(), 401, /revoked/);
    const good = await user(workspace, "admin");
    const [head, , signature] = (good.api.key ?? "").split(".");
    const claims = Buffer.from('{"org":"org_0","sub":"1"}').toString("base64url");
    await refused([head, claims, signature].join("."), 401, /not valid; sign in again/);
    const { body: { access_token } } = await clientOf(null).post("lio/api/auth/login", {
      email: good.email,
      password: "correct horse battery",
    });
    expect((await clientOf(access_token).get(path)).status).toBe(200);
    await clientOf(access_token).post("lio/api/auth/logout", undefined);
    await refused(access_token, 401, /revoked/);
    expect((await good.client.get(path)).status).toBe(200);
  });

  test("a user's session is of one workspace, whose records alone it shows", async () => {
    const [mine, theirs] = [await testWorkspace(), await testWorkspace()];
    await theirs.api.post("v1-public-contacts", { email: "secret@example.com" });
    const { client, number, sessionId } = await user(mine, "admin");
    expect((await client.get(path)).text).not.toContain("secret");
    const at = Math.floor(Date.now() / 1_000);
    const forged = await tokens.issue({ sessionId, number, workspaceId: theirs.id }, at);
    await refused(forged, 401, /revoked/);
  });
});

test("what a user writes is theirs, and an idempotency key of another's is refused", async () => {
  const workspace = await testWorkspace();
  const [one, other] = [await user(workspace, "manager"), await user(workspace, "manager")];
  const headers = { "idempotency-key": "k1" };
  const body = { type: "call", title: "Rang" };
  const first = await one.client.send("POST", "v1-public-activities", { body, headers });
  expect(first.status, first.text).toBe(201);
  const again = await one.client.send("POST", "v1-public-activities", { body, headers });
  expect(again.text).toBe(first.text);
  const reused = await other.client.send("POST", "v1-public-activities", { body, headers });
  expect(reused.status, reused.text).toBe(409);
  const events = await asOwner<{ actor: object }>(
    "select actor from crm.events where workspace_id = $1 and resource = 'activities'",
    [workspace.id],
  );
  expect(events).toEqual([{ actor: { kind: "user", id: one.id } }]);
});

test("through a connector that is named by its slug, a user must be an Admin", async () => {
  const workspace = await testWorkspace();
  const made = await workspace.api.post("v1-public-connectors", {
    name: "Form",
    slug: "form",
    target: "contact",
    field_map: { email: "email" },
  });
  expect(made.status, made.text).toBe(201);
  const send = async (role: LioRole) => {
    const { client } = await user(workspace, role);
    return await client.post("v1-public-contacts?connector=form", { email: "a@example.com" });
  };
  expect((await send("admin")).status).toBe(201);
  for (const role of ["manager", "rep"] as const) {
    const { status, body } = await send(role);
    expect([status, body.error.details]).toEqual([403, { required_scope: "admin" }]);
  }
});
