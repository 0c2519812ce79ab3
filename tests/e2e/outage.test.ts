import pg from "pg";
import { expect, inject, test } from "vitest";
import { proxiedGateway, testGateway } from "../support/gateway.ts";
import { eventually, testWorkspace } from "../support/workspace.ts";

const LIST = "v1-public-contacts-crud";
const JANE = { email: "jane@example.com" };

test("a database that is away answers 503 with Retry-After; once back, the next request works", async () => {
  const { url, proxy } = await proxiedGateway();
  const { api } = await testWorkspace({}, url);
  expect((await api.post("v1-public-contacts", JANE)).status).toBe(201);
  proxy.cut();
  for (const send of [() => api.get(LIST), () => api.post("v1-public-contacts", JANE)]) {
    const { status, headers, body } = await send();
    expect([status, body.error.code]).toEqual([503, "SERVICE_UNAVAILABLE"]);
    expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
    expect(headers.get("x-ratelimit-limit")).toMatch(/^\d+$/);
    expect(body.meta.request_id).toBe(headers.get("x-request-id"));
  }
  proxy.restore();
  expect((await api.get(LIST)).status).toBe(200);
  expect((await api.post("v1-public-contacts", JANE)).status).toBe(200);
});

test("a database that is away when the first key comes answers 503, and the key works later", async () => {
  const { url, proxy } = await proxiedGateway();
  const { api } = await testWorkspace({}, url);
  proxy.cut();
  expect((await api.get(LIST)).status).toBe(503);
  proxy.restore();
  expect((await api.get(LIST)).status).toBe(200);
});

test("a database that hangs answers 503, and the next request after it is back works", async () => {
  const { url, proxy } = await proxiedGateway();
  const { api } = await testWorkspace({}, url);
  expect((await api.get(LIST)).status).toBe(200);
  proxy.freeze();
  const answers = await Promise.all([api.get(LIST), api.post("v1-public-contacts", JANE)]);
  expect(answers.map(({ status }) => status)).toEqual([503, 503]);
  proxy.restore();
  expect((await api.get(LIST)).status).toBe(200);
});

test("a workspace whose requests all wait leaves connections to the others", async () => {
  const { url } = await testGateway({ LUMENBASE_POOL_SIZE: "4" });
  const [busy, other] = [await testWorkspace({}, url), await testWorkspace({}, url)];
  const { body } = await busy.api.post("v1-public-contacts", JANE);
  const holder = new pg.Client({ connectionString: inject("adminUrl") });
  await holder.connect();
  await holder.query("begin");
  await holder.query("select from crm.contacts where id = $1 for update", [body.data.id]);
  const waiting = Array.from(
    { length: 20 },
    () => busy.api.patch(`${LIST}?id=${body.data.id}`, { title: "T" }),
  );
  const answers = [];
  for (let i = 0; i < 5; i++) answers.push((await other.api.get(LIST)).status);
  await holder.query("commit");
  await holder.end();
  expect(answers).toEqual([200, 200, 200, 200, 200]);
  expect(new Set((await Promise.all(waiting)).map(({ status }) => status))).toEqual(new Set([200]));
});

test("an unexpected error answers 500 with a fixed text; the log has the rest", async () => {
  const { url, log } = await testGateway({ LUMENBASE_POOL_SIZE: "not a number" });
  const { api } = await testWorkspace({}, url);
  const { status, headers, body } = await api.get(LIST, { "x-request-id": "find-me" });
  expect([status, body.error]).toEqual([500, {
    code: "INTERNAL_ERROR",
    message: "Something went wrong on our side; the request id helps us find out what.",
  }]);
  expect(headers.get("x-request-id")).toBe("find-me");
  const line = await eventually(async () => log.find((entry) => entry.includes("find-me")));
  expect(JSON.parse(line)).toMatchObject({
    status: 500,
    error: { message: expect.stringContaining("LUMENBASE_POOL_SIZE") },
  });
});
