import { describe, expect, test } from "vitest";
import { ApiClient, type ApiResponse } from "../support/api-client.ts";
import { proxiedGateway } from "../support/gateway.ts";
import type { PgProxy } from "../support/pg-proxy.ts";
import { testWorkspace } from "../support/workspace.ts";

const CRUD = "v1-public-contacts-crud";
const LEADS = "leadhub/api/v1/leads";

type Trips = (status: number, answer: Promise<ApiResponse>) => Promise<number>;

function counting(proxy: PgProxy): Trips {
  return async (status, answer) => {
    const before = proxy.roundTrips();
    expect((await answer).status).toBe(status);
    return proxy.roundTrips() - before;
  };
}

describe("network round trips to PostgreSQL, which counts the requests as well", () => {
  test("of the native API, with the default limit", async () => {
    const { url, proxy } = await proxiedGateway({ LUMENBASE_POOL_SIZE: "1" });
    const { api } = await testWorkspace({ requests_per_minute: 100 }, url);
    const trips = counting(proxy);
    const { body } = await api.post("v1-public-contacts", { email: "warm@example.com" });
    const record = `${CRUD}?id=${body.data.id}`;
    const contacts = Array.from(
      { length: 100 },
      (_, i) => ({ email: `b${i}@example.com`, company_name: `C${i % 9}` }),
    );
    const jane = { email: "n@example.com", company_name: "A", message: "m" };
    const keyed = { "idempotency-key": "k" };

    expect(await trips(200, api.get(record))).toBe(1);
    expect(await trips(200, api.get(`${CRUD}?search=warm&sort_by=email`))).toBe(1);
    expect(await trips(201, api.post("v1-public-contacts", jane))).toBe(1);
    expect(await trips(200, api.patch(record, { title: "T" }))).toBe(1);
    expect(await trips(201, api.post("v1-public-contacts", { first_name: "K" }, keyed))).toBe(2);
    expect(await trips(201, api.post("v1-public-contacts-batch", { contacts }))).toBe(1);
    expect(await trips(200, api.delete(record))).toBe(1);
  });

  test("of LeadHub, with a limit of which none is counted ahead", async () => {
    const { url, proxy } = await proxiedGateway({ LUMENBASE_POOL_SIZE: "1" });
    const { key } = await testWorkspace({}, url);
    const api = new ApiClient(url, await key({ api: "leadhub", rateLimit: 100 }));
    const trips = counting(proxy);
    const { body } = await api.post(LEADS, { first_name: "Warm", email: "warm@example.com" });
    const record = `${LEADS}/${body.data.id}`;
    const sarah = { first_name: "Sarah", email: "sarah@example.com", company: "A", tags: ["a"] };
    const keyed = { "idempotency-key": "k" };

    expect(await trips(200, api.get(record))).toBe(1);
    expect(await trips(200, api.get(`${LEADS}?search=warm&sort=email&tag=a`))).toBe(1);
    expect(await trips(201, api.post(LEADS, sarah))).toBe(1);
    expect(await trips(200, api.patch(record, { lead_score: 1, tags: ["b"] }))).toBe(1);
    expect(await trips(200, api.post(`${record}/tags`, { tag: "c" }))).toBe(1);
    expect(await trips(201, api.post(LEADS, { first_name: "K" }, keyed))).toBe(2);
    expect(await trips(204, api.delete(record))).toBe(1);
  });
});

test("a key of LeadHub with the default limit has a tenth of its requests counted apart", async () => {
  const { url, proxy } = await proxiedGateway({ LUMENBASE_POOL_SIZE: "1" });
  const { key } = await testWorkspace({}, url);
  const api = new ApiClient(url, await key({ api: "leadhub" }));
  const { body } = await api.post(LEADS, { first_name: "Warm" });
  const before = proxy.roundTrips();
  for (let n = 0; n < 60; n++) {
    expect((await api.get(`${LEADS}/${body.data.id}`)).status).toBe(200);
  }

  // Ahead are counted 1, 2, 4, 8 and then 10 at a time.
  expect(proxy.roundTrips() - before).toBeLessThanOrEqual(60 + 10);
});

test("a busy workspace with a high limit is seldom counted", async () => {
  const { url, proxy } = await proxiedGateway({ LUMENBASE_POOL_SIZE: "1" });
  const { api } = await testWorkspace({ requests_per_minute: 10_000 }, url);
  const { body } = await api.post("v1-public-contacts", { email: "warm@example.com" });
  const record = `${CRUD}?id=${body.data.id}`;
  const before = proxy.roundTrips();
  for (let n = 0; n < 60; n++) expect((await api.get(record)).status).toBe(200);

  // Ahead are counted 1, 2, 4, …: as many as came before.
  expect(proxy.roundTrips() - before).toBeLessThan(60 + 10);
});
