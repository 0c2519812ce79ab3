import { randomUUID } from "node:crypto";
import { describe, expect, inject, test } from "vitest";
import { expectInvalid, expectMissing, leadHub, LeadHubClient } from "../support/leadhub.ts";
import { openNextHour } from "../support/rate-windows.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

const anybody = new LeadHubClient(inject("gatewayUrl"), null);

function expectLimit(headers: Headers, limit: number, remaining: number) {
  const told = ["limit", "remaining"].map((name) => Number(headers.get(`x-ratelimit-${name}`)));
  expect(told).toEqual([limit, remaining]);
  const reset = Number(headers.get("x-ratelimit-reset"));
  expect(reset % 3_600).toBe(0);
  expect(reset).toBeGreaterThan(Date.parse("2026-01-01") / 1_000);
}

test("health needs no key", async () => {
  const { status, body, headers } = await anybody.get("health");
  expect(status).toBe(200);
  expect(body).toEqual({
    status: "ok",
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/),
  });
  expectLimit(headers, 1_000, 1_000);
  expectInvalid(await anybody.get("health?x=1"), { x: ["Unknown; none are known here."] });
});

describe("who has no key of this API is answered 401", () => {
  test.each<[string, () => Promise<string | null>]>([
    ["none", async () => null],
    ["a text", async () => "lh_your_api_key_here"],
    ["one of the native API", async () => (await testWorkspace()).key()],
    ["one of the CRM HTTP API", async () => (await testWorkspace()).key({ api: "crm" })],
    ["an expired one", () => keyWith({ expiresAt: new Date(0) })],
    ["a revoked one", () => keyWith({ revokedAt: new Date(0) })],
  ])("%s", async (_, key) => {
    const client = new LeadHubClient(inject("gatewayUrl"), await key());
    const { status, body, headers } = await client.get("leads");
    expect(status).toBe(401);
    expect(body).toEqual({
      status: "error",
      message: expect.any(String),
      code: "UNAUTHORIZED",
    });
    expectLimit(headers, 1_000, 1_000);
  });

  async function keyWith(options: { expiresAt?: Date; revokedAt?: Date }) {
    return await (await testWorkspace()).key({ api: "leadhub", ...options });
  }
});

test("no scope covers another", async () => {
  const { api, apiWith } = await leadHub();
  const { id } = await api.made("leads", { first_name: "Sarah" });
  const lead = `leads/${id}`;
  const calls: Record<string, [method: string, path: string, body?: object][]> = {
    "read:leads": [["GET", "leads"], ["GET", lead]],
    "write:leads": [
      ["POST", "leads", { first_name: "x" }],
      ["PUT", lead, { notes: "x" }],
      ["PATCH", lead, { notes: "x" }],
      ["POST", `${lead}/tags`, { tag: "x" }],
      ["DELETE", `${lead}/tags/x`],
    ],
    "delete:leads": [["DELETE", lead]],
  };
  for (const [scope, requests] of Object.entries(calls)) {
    const others = await apiWith({ scopes: Object.keys(calls).filter((one) => one !== scope) });
    const only = await apiWith({ scopes: [scope] });
    for (const [method, path, body] of requests) {
      expect(await others.send(method, path, { body })).toMatchObject({
        status: 403,
        body: {
          status: "error",
          message: `This API key lacks the scope ${scope}.`,
          code: "FORBIDDEN",
        },
      });
      expect((await only.send(method, path, { body })).status, path).toBeLessThan(300);
    }
  }
});

test("a key has so many requests an hour, each counted once", async () => {
  const { api } = await keyInNextHour(4);
  expectLimit((await api.get("leads")).headers, 4, 3);
  expectLimit((await api.post("leads", { first_name: "Sarah" })).headers, 4, 2);
  expectLimit((await api.post("leads", {})).headers, 4, 1);
  expectLimit((await api.get("leads/0")).headers, 4, 0);
  const { status, body, headers } = await api.get("leads");
  expect(status).toBe(429);
  expect(body).toEqual({
    status: "error",
    message: expect.stringMatching(/^More than 4 requests in an hour; try again in \d+ s\.$/),
    code: "RATE_LIMITED",
  });
  expectLimit(headers, 4, 0);
  const wait = Number(headers.get("retry-after"));
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(7_200);
});

test(
  "a key without a limit of its own has 1,000 an hour, not its workspace's 100 a minute",
  async () => {
    const { api } = await keyInNextHour();
    expectLimit((await api.get("leads")).headers, 1_000, 999);
    const answers = await Promise.all(Array.from({ length: 120 }, () => api.get("leads/x")));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]));
    expectLimit((await api.get("leads")).headers, 1_000, 878);
  },
);

/** A key whose count cannot roll over in the middle of a test. */
async function keyInNextHour(rateLimit?: number) {
  const { id, apiWith } = await leadHub({ requests_per_minute: 100 });
  const api = await apiWith({ name: "counted", ...(rateLimit ? { rateLimit } : {}) });
  const [key] = await asOwner<{ id: string }>(
    "select id from crm.api_keys where workspace_id = $1 and name = 'counted'",
    [id],
  );
  await openNextHour(asOwner, key?.id ?? "");
  return { api };
}

test("an unknown path is missing, a known one has its methods", async () => {
  const { api } = await leadHub();
  const nowhere = "No such path; this function answers at /functions/v1/leadhub.";
  for (const path of ["", "lead", "leads/1/tag", "leads/1/tags/a/b"]) {
    expectMissing(await api.get(path), nowhere);
  }
  const methods = { leads: "GET, POST", "leads/1": "GET, PUT, PATCH, DELETE", health: "GET" };
  for (const [path, allowed] of Object.entries(methods)) {
    const { status, body, headers } = await api.send("PURGE", path);
    expect({ status, body }).toMatchObject({ status: 405, body: { code: "METHOD_NOT_ALLOWED" } });
    expect(headers.get("allow")).toBe(`${allowed}, OPTIONS`);
  }
});

test("a body is a JSON object of at most 50 KB", async () => {
  const { api } = await leadHub();
  const send = (raw: string, type = "application/json") =>
    api.send("POST", "leads", { raw, headers: { "content-type": type } });
  const object = "Must be a JSON object";
  expectInvalid(await send(""), { body: [`${object}; it is empty.`] });
  expectInvalid(await send("[]"), { body: [`${object}; it is an array.`] });
  expectInvalid(await send("null"), { body: [`${object}; it is null.`] });
  expectInvalid(await send('{"first_name":"a","first_name":"b"}'), {
    body: ['Must be valid JSON: duplicate key "first_name".'],
  });
  expect((await send("{first_name:1}")).body.errors).toEqual({
    body: [expect.stringMatching(/^Must be valid JSON: /)],
  });
  expect(await send("first_name=Sarah", "application/x-www-form-urlencoded"))
    .toMatchObject({ status: 415, body: { code: "UNSUPPORTED_MEDIA_TYPE" } });
  const notes = (bytes: number) =>
    JSON.stringify({ first_name: "Sarah", notes: "x".repeat(bytes) });
  expect(await send(notes(50 * 1_024)))
    .toMatchObject({ status: 413, body: { status: "error", code: "PAYLOAD_TOO_LARGE" } });
});

test("every answer carries the request's id and lets any page read it", async () => {
  const { api } = await leadHub();
  const id = randomUUID();
  for (const path of ["health", "leads", "leads/0", "leads?x=1", "nowhere"]) {
    const { headers } = await api.get(path, { "X-Request-Id": id });
    expect(headers.get("x-request-id"), path).toBe(id);
    expect(headers.get("access-control-allow-origin"), path).toBe("*");
  }
  const preflight = await api.send("OPTIONS", "leads/1", {
    headers: { origin: "https://app.example", "access-control-request-method": "PUT" },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get("access-control-allow-methods")).toContain("PUT");
});
