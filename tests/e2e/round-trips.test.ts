import { expect, test } from "vitest";
import type { ApiResponse } from "../support/api-client.ts";
import { proxiedGateway } from "../support/gateway.ts";
import { testWorkspace } from "../support/workspace.ts";

const CRUD = "v1-public-contacts-crud";

test("network round trips to PostgreSQL, with its rate limiter on", async () => {
  const { url, proxy } = await proxiedGateway({ LUMENBASE_POOL_SIZE: "1" });
  const { api } = await testWorkspace({ requests_per_minute: 100 }, url);
  const trips = async (status: number, send: () => Promise<ApiResponse>) => {
    const before = proxy.roundTrips();
    expect((await send()).status).toBe(status);
    return proxy.roundTrips() - before;
  };
  const { body } = await api.post("v1-public-contacts", { email: "warm@example.com" });
  const record = `${CRUD}?id=${body.data.id}`;
  const batch = {
    contacts: Array.from(
      { length: 100 },
      (_, i) => ({ email: `b${i}@example.com`, company_name: `C${i % 9}` }),
    ),
  };

  expect(await trips(200, () => api.get(record))).toBe(1);
  expect(await trips(200, () => api.get(`${CRUD}?search=warm&sort_by=email`))).toBe(1);
  expect(
    await trips(
      201,
      () =>
        api.post("v1-public-contacts", { email: "n@example.com", company_name: "A", message: "m" }),
    ),
  ).toBe(1);
  expect(await trips(201, () => api.post("v1-public-contacts-batch", batch))).toBe(1);
  expect(await trips(200, () => api.patch(record, { title: "T" }))).toBe(1);
  expect(
    await trips(
      201,
      () => api.post("v1-public-contacts", { first_name: "K" }, { "idempotency-key": "k" }),
    ),
  ).toBe(2);
  expect(await trips(200, () => api.delete(record))).toBe(1);
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
