import { expect, test } from "vitest";
import { ApiClient } from "../support/api-client.ts";
import { testConnector } from "../support/connector.ts";
import { proxiedGateway, testGateway } from "../support/gateway.ts";
import { loggedWith, logOf, logRequests } from "../support/logged.ts";
import { asOwner, eventually, testWorkspace } from "../support/workspace.ts";

const SECRET = "s3cr3t-of-nobody";

test("requests to every API appear with who asked, what came of it and how long it took", async () => {
  const workspace = await testWorkspace();
  const { api } = workspace;
  const [native, leadhub, lio] = await Promise.all([
    workspace.newKey({ api: "lumenbase", scopes: ["read"] }),
    workspace.newKey({ api: "leadhub" }),
    workspace.newKey({ api: "lio", scopes: ["leads:read"] }),
  ]);
  const crm = await workspace.apiWith({ api: "crm" });
  const asked = (key: string) => new ApiClient(api.baseUrl, key);
  await asked(native.key).get("v1-public-users", { "x-request-id": "native" });
  await asked(native.key).post("v1-public-companies", { name: "A" }, { "x-request-id": "denied" });
  await asked(leadhub.key).get("leadhub/api/v1/leads/42", { "x-request-id": "leadhub" });
  await crm.get("crm/api/crm/leads", { "x-request-id": "crm" });
  await asked(leadhub.key).get("leadhub/api/v1/nowhere/at/all", { "x-request-id": "nowhere" });
  await asked(lio.key).get("lio/api/v1/lead/lead-list", { "x-request-id": "lio" });
  const ping = { jsonrpc: "2.0", id: 1, method: "tools/list" };
  const accept = "application/json, text/event-stream";
  await asked(native.key).post("mcp", ping, { accept, "x-request-id": "mcp" });
  const items = await loggedWith(api, "mcp");
  const told = Object.fromEntries(items.map((item) => [item.request_id, item]));
  expect(told.native).toEqual({
    id: expect.any(String),
    at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
    api: "lumenbase",
    method: "GET",
    path: "/v1-public-users",
    status: 200,
    ms: expect.any(Number),
    actor_kind: "key",
    actor_id: native.id,
    request_id: "native",
    error_code: null,
  });
  expect(told.denied).toMatchObject({ method: "POST", status: 403, error_code: "FORBIDDEN" });
  expect(told.leadhub).toMatchObject({
    api: "leadhub",
    path: "/leadhub/api/v1/leads/42",
    status: 404,
    actor_id: leadhub.id,
  });
  expect(told.crm).toMatchObject({ api: "crm", path: "/crm/api/crm/leads", status: 200 });
  expect(told.nowhere).toMatchObject({ path: "/leadhub/api/v1/nowhere/at/all", status: 404 });
  expect(told.lio).toMatchObject({ api: "lio", path: "/lio/api/v1/lead/lead-list", status: 200 });
  expect(told.mcp).toMatchObject({ api: "mcp", path: "/mcp", actor_kind: "mcp" });
});

test("no query, body, token or key is logged", async () => {
  const workspace = await testWorkspace();
  const { api, id } = workspace;
  const connector = await testConnector(workspace, {
    target: "contact",
    field_map: { email: "email" },
  });
  await connector.send({ email: `${SECRET}@example.com` });
  await api.post("v1-public-contacts", { email: `${SECRET}@example.com`, [SECRET]: 1 });
  await api.get(`v1-public-contacts-crud?search=${SECRET}&key=${api.key}`);
  await api.get(`v1-public-users/${api.key}/${SECRET}`, { "x-request-id": "last" });
  await loggedWith(api, "last");
  const [{ log }] = await asOwner<{ log: string }>(
    "select string_agg(r::text, ' ') as log from crm.requests r where workspace_id = $1",
    [id],
  ) as [{ log: string }];
  expect(log).toContain("connector");
  expect(log).toContain("/v1-public-users/…/…");
  for (const secret of [SECRET, api.key ?? "", connector.token]) {
    expect(log).not.toContain(secret.split("_").at(-1));
  }
});

test("another workspace sees none of them, and one without scope admin is refused", async () => {
  const [mine, theirs] = await Promise.all([testWorkspace(), testWorkspace()]);
  await theirs.api.get("v1-public-users", { "x-request-id": "theirs" });
  await loggedWith(theirs.api, "theirs");
  expect((await logOf(mine.api)).filter(({ request_id }) => request_id === "theirs")).toEqual([]);
  const other = await mine.apiWith({ scopes: ["read", "events:read"] });
  for (const path of ["v1-public-requests", "v1-public-usage", "v1-public-api-keys"]) {
    expect((await other.get(path)).status, path).toBe(403);
  }
});

test("who is not let in is not logged for anybody", async () => {
  const workspace = await testWorkspace();
  const revoked = await workspace.key({ revokedAt: new Date() });
  const ids = ["nobody", "mistyped", "revoked"].map((name) => `${name}-${workspace.slug}`);
  for (const [n, key] of [null, `${workspace.api.key}x`, revoked].entries()) {
    const client = new ApiClient(workspace.api.baseUrl, key);
    const { status } = await client.get("v1-public-users", { "x-request-id": ids[n] ?? "" });
    expect(status).toBe(401);
  }
  await workspace.api.get("v1-public-users", { "x-request-id": "let-in" });
  await loggedWith(workspace.api, "let-in");
  expect(await asOwner("select from crm.requests where request_id = any($1)", [ids])).toEqual([]);
});

test("a list is filtered by key, user, API, status, failure, time and path", async () => {
  const { api, id } = await testWorkspace();
  const [key, user] = [crypto.randomUUID(), crypto.randomUUID()];
  await logRequests(id, [
    { hours: 1, status: 404, error_code: "NOT_FOUND", actor_id: key },
    { hours: 2, status: 400, api: "lio", path: "/lio/api/lead" },
    { hours: 3, status: 201, actor_kind: "user", actor_id: user },
    { hours: 4, status: 503, actor_kind: "mcp", actor_id: key, api: "mcp" },
  ]);
  const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
  const found = async (query: string) => {
    const items = await logOf(api, `&until=${ago(0.5)}${query}`);
    return items.map(({ status }) => status);
  };
  expect(await found("")).toEqual([404, 400, 201, 503]);
  expect(await found(`&api_key_id=${key}`)).toEqual([404, 503]);
  expect(await found(`&user_id=${user}`)).toEqual([201]);
  expect(await found("&api=lio")).toEqual([400]);
  expect(await found("&status=404")).toEqual([404]);
  expect(await found("&status=4xx")).toEqual([404, 400]);
  expect(await found("&status=2xx")).toEqual([201]);
  expect(await found("&errors=true")).toEqual([404, 400, 503]);
  expect(await found(`&errors=true&status=4xx&api_key_id=${key}`)).toEqual([404]);
  expect(await found(`&since=${ago(2.5)}`)).toEqual([404, 400]);
  expect(await found("&path=/api/lead")).toEqual([400]);
  expect(await found("&path=%25")).toEqual([]);
});

test("a list goes on with its cursor, whatever is logged meanwhile, and refuses another's", async () => {
  const { api, id } = await testWorkspace();
  const until = new Date(Date.now() - 1_800_000).toISOString();
  await logRequests(id, Array.from({ length: 7 }, (_, n) => ({ hours: 1, status: 400 + n })));
  const page = async (query: string) => {
    const { status, body } = await api.get(`v1-public-requests?per_page=3&until=${until}${query}`);
    expect(status, JSON.stringify(body)).toBe(200);
    return body.data;
  };
  const seen: number[] = [];
  let cursor: string | null = null;
  do {
    const { items, pagination } = await page(cursor === null ? "" : `&cursor=${cursor}`);
    seen.push(...items.map(({ status }: { status: number }) => status));
    cursor = pagination.next_cursor;
    await api.get("v1-public-users");
  } while (cursor !== null);
  expect(seen.toSorted()).toEqual([400, 401, 402, 403, 404, 405, 406]);
  const { pagination } = await page("&errors=true");
  const other = await api.get(`v1-public-requests?cursor=${pagination.next_cursor}`);
  expect([other.status, other.body.error.details.fields[0].field]).toEqual([400, "cursor"]);
});

test("what was kept while the database was away is written when it is back", async () => {
  const { url, proxy } = await proxiedGateway();
  const { api, id } = await testWorkspace({}, url);
  const asked = await Promise.all(
    [1, 2, 3].map((n) => api.get("v1-public-users", { "x-request-id": `before-${n}` })),
  );
  expect(asked.map(({ status }) => status)).toEqual([200, 200, 200]);
  proxy.cut();
  expect((await api.get("v1-public-users", { "x-request-id": "away" })).status).toBe(503);
  proxy.restore();
  const names = await eventually(async () => {
    const rows = await asOwner<{ request_id: string }>(
      "select request_id from crm.requests where workspace_id = $1 order by 1",
      [id],
    );
    return rows.length >= 4 ? rows.map(({ request_id }) => request_id) : null;
  });
  expect(names).toEqual(["away", "before-1", "before-2", "before-3"]);
});

test("a process that ends writes what it has kept", async () => {
  const { url, gateway } = await testGateway();
  const { api, id } = await testWorkspace({}, url);
  await api.get("v1-public-users");
  await gateway.stop();
  expect(await asOwner("select from crm.requests where workspace_id = $1", [id])).toHaveLength(1);
});

test("nothing is logged where that is off", async () => {
  const { url, gateway } = await testGateway({ LUMENBASE_REQUEST_LOG: "off" });
  const { api, id } = await testWorkspace({}, url);
  await api.get("v1-public-users");
  await gateway.stop();
  expect(await asOwner("select from crm.requests where workspace_id = $1", [id])).toEqual([]);
});
