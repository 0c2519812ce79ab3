import { expect, test } from "vitest";
import { ApiClient } from "../support/api-client.ts";
import { besides } from "../support/as-role.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

const KEYS = "v1-public-api-keys";
const FORM = { name: "Web forms", scopes: ["contacts:read"] };

test("a key is told once, works, and shows no secret afterwards", async () => {
  const { api, id } = await testWorkspace();
  const { status, body } = await api.post(KEYS, {
    ...FORM,
    expires_at: "2999-01-01T00:00:00Z",
    allowed_ips: ["127.0.0.0/8", "::1", "127.0.0.0/8"],
  });
  expect([status, body.data]).toEqual([201, {
    id: expect.any(String),
    name: "Web forms",
    api: "lumenbase",
    prefix: body.data.key.slice(0, 20),
    scopes: ["contacts:read"],
    allowed_ips: ["127.0.0.0/8", "::1/128"],
    allowed_domains: null,
    rate_limit: null,
    state: "active",
    created_at: expect.any(String),
    expires_at: "2999-01-01T00:00:00.000000Z",
    revoked_at: null,
    last_used_at: null,
    rotated_to: null,
    key: expect.stringMatching(/^lb_live_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}$/),
  }]);
  const { key, ...shown } = body.data;
  const made = new ApiClient(api.baseUrl, key);
  expect((await made.get("v1-public-contacts-crud")).status).toBe(200);
  expect((await made.get("v1-public-companies")).status).toBe(403);
  const one = await api.get(`${KEYS}?id=${shown.id}`);
  expect(one.body.data).toEqual({ ...shown, last_used_at: expect.any(String) });
  const list = await api.get(KEYS);
  expect(list.body.data.items.map((item: { id: string }) => item.id)).toContain(shown.id);
  expect(list.text).not.toContain(key.slice(-49));
  const rows = await asOwner("select k::text from crm.api_keys k where workspace_id = $1", [id]);
  expect(JSON.stringify(rows)).not.toContain(key.slice(-49));
});

test.each([
  ["leadhub", "lh_", ["read:leads"], "leadhub/api/v1/leads"],
  ["lio", "lio_", ["leads:read"], "lio/api/external/leads"],
])("a key of %s can be made, with a limit of its own", async (of, prefix, scopes, path) => {
  const { api } = await testWorkspace();
  const { status, body } = await api.post(KEYS, { name: "A", api: of, scopes, rate_limit: 9 });
  expect([status, body.data.rate_limit]).toEqual([201, 9]);
  expect(body.data.prefix.startsWith(prefix)).toBe(true);
  const made = new ApiClient(api.baseUrl, body.data.key);
  expect((await made.get(path)).status).not.toBe(401);
  expect((await made.get("v1-public-users")).status).toBe(401);
});

test.each([
  [{ ...FORM, name: "  " }, ["name"]],
  [{ ...FORM, name: "a\u0007b" }, ["name"]],
  [{ name: "A" }, ["scopes"]],
  [{ ...FORM, scopes: [] }, ["scopes"]],
  [{ ...FORM, scopes: ["contact:read"] }, ["scopes[0]"]],
  [{ ...FORM, scopes: ["read", "read:leads"] }, ["scopes[1]"]],
  [{ ...FORM, api: "leadhubb" }, ["api"]],
  [{ ...FORM, expires_at: "2020-01-01T00:00:00Z" }, ["expires_at"]],
  [{ ...FORM, expires_at: "2030-01-01" }, ["expires_at"]],
  [{ ...FORM, allowed_ips: ["203.0.113.7/24"] }, ["allowed_ips[0]"]],
  [{ ...FORM, allowed_ips: ["::1", "nowhere"] }, ["allowed_ips[1]"]],
  [{ ...FORM, allowed_domains: ["acme.com"] }, ["allowed_domains"]],
  [{ ...FORM, rate_limit: 10 }, ["rate_limit"]],
  [{ ...FORM, api: "lio", scopes: ["leads:read"], allowed_domains: ["no"] }, [
    "allowed_domains[0]",
  ]],
  [{ ...FORM, api: "lio", scopes: ["leads:read"], rate_limit: 0 }, ["rate_limit"]],
  [{ ...FORM, workspace_id: "x", key: "x" }, ["workspace_id", "key"]],
])("what is wrong with a key is told by field: %j", async (body, fields) => {
  const { api } = await testWorkspace();
  const answer = await api.post(KEYS, body);
  expect(answer.status, answer.text).toBe(400);
  const told: { field: string; message: string }[] = answer.body.error.details.fields;
  expect(told.map(({ field }) => field)).toEqual(fields);
});

test("a key's name is never a key", async () => {
  const { api } = await testWorkspace();
  const answer = await api.post(KEYS, { ...FORM, name: api.key });
  expect([answer.status, answer.text.includes(String(api.key))]).toEqual([400, false]);
});

test("a retry is answered with the same key, which is not kept readable", async () => {
  const { api, id } = await testWorkspace();
  const once = { "idempotency-key": "1" };
  const [first, again] = [await api.post(KEYS, FORM, once), await api.post(KEYS, FORM, once)];
  expect(again.text).toBe(first.text);
  const kept = await asOwner<{ body: string }>(
    "select body from crm.idempotency_keys where workspace_id = $1",
    [id],
  );
  expect(kept).toHaveLength(1);
  expect(kept[0]?.body).not.toContain(first.body.data.key.slice(-49));
});

test("a rotated key and its successor both work until the overlap ends", async () => {
  const { api } = await testWorkspace();
  const { body: { data: first } } = await api.post(KEYS, { ...FORM, allowed_ips: ["127.0.0.1"] });
  const rotate = `${KEYS}/rotate?id=${first.id}`;
  const { status, body: { data: second } } = await api.post(rotate, { overlap_hours: 1 });
  expect(status).toBe(200);
  const inAnHour = Date.now() + 3_600_000;
  expect(Math.abs(Date.parse(second.previous_key_expires_at) - inAnHour)).toBeLessThan(600_000);
  expect(second).toMatchObject({ name: "Web forms", scopes: first.scopes, state: "active" });
  expect(second.allowed_ips).toEqual(["127.0.0.1/32"]);
  for (const { key } of [first, second]) {
    const made = new ApiClient(api.baseUrl, key);
    expect((await made.get("v1-public-contacts-crud")).status).toBe(200);
  }
  const old = await api.get(`${KEYS}?id=${first.id}`);
  expect(old.body.data).toMatchObject({ state: "rotating", rotated_to: second.id });
  const twice = await api.post(rotate, {});
  expect([twice.status, twice.body.error.code]).toEqual([409, "CONFLICT"]);
  expect(twice.body.error.details.fields[0].message).toContain(second.id);
  expect((await api.post(rotate, { overlap_hours: 721 })).status).toBe(400);
  const of = { api: "lio", scopes: ["leads:read"], allowed_domains: ["acme.com"], rate_limit: 7 };
  const page = (await api.post(KEYS, { ...FORM, ...of })).body.data;
  expect(page).toMatchObject(of);
  expect((await api.post(`${KEYS}/rotate?id=${page.id}`, {})).body.data).toMatchObject(of);
});

test("of rotations at once one wins", async () => {
  const { api, id } = await testWorkspace();
  const { body } = await api.post(KEYS, FORM);
  const rotate = () => api.post(`${KEYS}/rotate?id=${body.data.id}`, { overlap_hours: 0 });
  const all = await besides(
    id,
    ["select from crm.api_keys where id = $1 for update", body.data.id],
    () => Promise.all([1, 2, 3, 4].map(rotate)),
  );
  expect(all.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409]);
});

test("a revoked key works no more, in a dry run it does", async () => {
  const { api, newKey } = await testWorkspace();
  const over = await newKey({ expiresAt: new Date(Date.now() - 1_000) });
  expect((await api.get(`${KEYS}?id=${over.id}`)).body.data.state).toBe("expired");
  const { body: { data } } = await api.post(KEYS, FORM);
  const dry = await api.delete(`${KEYS}?id=${data.id}&dry_run=true`);
  expect(dry.body.data).toMatchObject({
    dry_run: true,
    outcome: "updated",
    changes: { state: { from: "active", to: "revoked" } },
  });
  const revoked = await api.delete(`${KEYS}?id=${data.id}`);
  expect([revoked.status, revoked.body.data.state]).toEqual([200, "revoked"]);
  const made = new ApiClient(api.baseUrl, data.key);
  expect((await made.get("v1-public-contacts-crud")).status).toBe(401);
  const again = await api.delete(`${KEYS}?id=${data.id}`);
  expect(again.body.data.revoked_at).toBe(revoked.body.data.revoked_at);
  expect((await api.post(`${KEYS}/rotate?id=${data.id}`, {})).status).toBe(409);
});

test("a key of another workspace is none", async () => {
  const [mine, theirs] = await Promise.all([testWorkspace(), testWorkspace()]);
  const { id, key } = await theirs.newKey({ scopes: ["read"] });
  expect((await mine.api.get(`${KEYS}?id=${id}`)).status).toBe(404);
  expect((await mine.api.post(`${KEYS}/rotate?id=${id}`, {})).status).toBe(404);
  expect((await mine.api.delete(`${KEYS}?id=${id}`)).status).toBe(404);
  expect((await new ApiClient(mine.api.baseUrl, key).get("v1-public-users")).status).toBe(200);
});
