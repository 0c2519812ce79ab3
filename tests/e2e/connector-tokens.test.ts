import { expect, test } from "vitest";
import { ApiClient } from "../support/api-client.ts";
import { testConnector } from "../support/connector.ts";
import { expectError } from "../support/expect-error.ts";
import { testWorkspace } from "../support/workspace.ts";

const CONTACTS = "v1-public-contacts";
const JANE = { email: "jane@acme.com", first_name: "Jane" };

test("a token opens nothing else", async () => {
  const workspace = await testWorkspace();
  const { token } = await testConnector(workspace);
  const sender = new ApiClient(workspace.api.baseUrl, null);
  const bearer = new ApiClient(workspace.api.baseUrl, token);
  expect((await sender.get(`v1-public-contacts-crud?connector=${token}`)).status).toBe(401);
  expect((await bearer.get("v1-public-contacts-crud")).status).toBe(401);
  expect((await bearer.post(CONTACTS, JANE)).status).toBe(401);
  expectError(await sender.post(`v1-public-activities?connector=${token}`, JANE), 403, "FORBIDDEN");
  const mistyped = await sender.post(`${CONTACTS}?connector=${token.slice(0, -1)}`, JANE);
  expectError(mistyped, 401, "UNAUTHORIZED");
  expect(mistyped.text).not.toContain(token.slice(0, -1));
});

test("a connector has a limit of its own, so that one broken form leaves the keys alone", async () => {
  const workspace = await testWorkspace({ requests_per_minute: 50 });
  const connector = await testConnector(workspace, { requests_per_minute: 3 });
  const answers = await Promise.all(Array.from({ length: 30 }, () => connector.send(JANE)));
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThanOrEqual(24);
  expect(refused[0]?.body.error.details.limit).toBe("connector_requests_per_minute");
  expect(Number(refused[0]?.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(refused[0]?.headers.get("ratelimit-policy")).toBe(`"connector";q=3;w=60`);
  expect(refused[0]?.headers.get("ratelimit")).toMatch(/^"connector";r=0;t=\d+$/);
  const passed = answers.find(({ status }) => status === 201 || status === 200);
  expect(passed?.headers.get("ratelimit-policy")).toBe(`"connector";q=3;w=60`);
  expect(passed?.headers.get("ratelimit")).toMatch(/^"connector";r=[0-2];t=\d+$/);
  expect((await workspace.api.get("v1-public-contacts-crud")).status).toBe(200);
});

test("a rotated token works on for the overlap, and then no more", async () => {
  const workspace = await testWorkspace();
  const { api } = workspace;
  const connector = await testConnector(workspace);
  const rotate = (seconds: number) =>
    api.post(`v1-public-connectors/rotate-token?id=${connector.id}`, { overlap_seconds: seconds });
  const rotated = await rotate(3600);
  expect(rotated.status, rotated.text).toBe(200);
  const { token, url, previous_token_expires_at } = rotated.body.data;
  expect(url).toContain(token);
  expect(Date.parse(previous_token_expires_at)).toBeGreaterThan(Date.now() + 3_000_000);
  expect((await connector.send(JANE)).status).toBe(200);
  const sender = new ApiClient(api.baseUrl, null);
  expect((await sender.post(`${CONTACTS}?connector=${token}`, JANE)).status).toBe(200);
  const last = await rotate(0);
  expect((await sender.post(`${CONTACTS}?connector=${last.body.data.token}`, JANE)).status).toBe(
    200,
  );
  const unseen = await rotate(0);
  const ended = await sender.post(`${CONTACTS}?connector=${unseen.body.data.token}x`, JANE);
  expect(ended.status).toBe(401);
});

test("an address that is only tried says that it is ready, and nothing of a wrong token", async () => {
  const workspace = await testWorkspace();
  const { token, slug } = await testConnector(workspace);
  const sender = new ApiClient(workspace.api.baseUrl, null);
  for (const path of [`${CONTACTS}?connector=${token}`, `${CONTACTS}?connector=${token}/`]) {
    const tried = await sender.get(path);
    expect([tried.status, tried.body.data]).toEqual([200, { status: "ready" }]);
    expect((await fetch(`${sender.baseUrl}/functions/v1/${path}`, { method: "HEAD" })).status)
      .toBe(200);
  }
  expect((await sender.get(`${CONTACTS}?connector=${token.slice(0, -1)}_`)).status).toBe(401);
  expect((await sender.get(`v1-public-activities?connector=${token}`)).status).toBe(403);
  expect((await workspace.api.get(`${CONTACTS}?connector=${slug}`)).status).toBe(400);
});

test("an address that was pasted with a slash at its end takes events", async () => {
  const workspace = await testWorkspace();
  const { token, deliveries } = await testConnector(workspace);
  const sender = new ApiClient(workspace.api.baseUrl, null);
  const sent = await sender.post(`${CONTACTS}?connector=${token}/`, JANE);
  expect([sent.status, sent.body.data.status]).toEqual([200, "accepted"]);
  expect(await deliveries()).toMatchObject([{ status: "accepted" }]);
});
