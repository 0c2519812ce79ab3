import { describe, expect, test } from "vitest";
import { ApiClient, type ApiResponse } from "../support/api-client.ts";
import { proxiedGateway } from "../support/gateway.ts";
import type { PgProxy } from "../support/pg-proxy.ts";
import { testWorkspace } from "../support/workspace.ts";

const CRUD = "v1-public-contacts-crud";
const LEADS = "leadhub/api/v1/leads";

/** What is logged goes in a round trip of its own, at a time of its own. */
const ALONE = { LUMENBASE_POOL_SIZE: "1", LUMENBASE_REQUEST_LOG: "off" };

/** A key that was read so long ago is read again. */
const KEY_KEPT_MS = 10_000;

/** Expects so many round trips, but for a read of the key, which began to be kept just now. */
function counting(proxy: PgProxy) {
  let read = performance.now();
  return async (trips: number, status: number, answer: Promise<ApiResponse>) => {
    const [start, before] = [performance.now(), proxy.roundTrips()];
    expect((await answer).status).toBe(status);
    const more = proxy.roundTrips() - before - trips;
    const isReadAgain = more === 1 && performance.now() - read >= KEY_KEPT_MS;
    if (isReadAgain) read = start;
    expect(more).toBe(isReadAgain ? 1 : 0);
  };
}

describe("network round trips to PostgreSQL, which counts the requests as well", () => {
  test("of the native API, with the default limit", async () => {
    const { url, proxy } = await proxiedGateway(ALONE);
    const { api } = await testWorkspace({ requests_per_minute: 100 }, url);
    const expectTrips = counting(proxy);
    const { body } = await api.post("v1-public-contacts", { email: "warm@example.com" });
    const record = `${CRUD}?id=${body.data.id}`;
    const contacts = Array.from(
      { length: 100 },
      (_, i) => ({ email: `b${i}@example.com`, company_name: `C${i % 9}` }),
    );
    const jane = { email: "n@example.com", company_name: "A", message: "m" };
    const keyed = { "idempotency-key": "k" };

    await expectTrips(1, 200, api.get(record));
    await expectTrips(1, 200, api.get(`${CRUD}?search=warm&sort_by=email`));
    await expectTrips(1, 201, api.post("v1-public-contacts", jane));
    await expectTrips(1, 200, api.patch(record, { title: "T" }));
    await expectTrips(2, 201, api.post("v1-public-contacts", { first_name: "K" }, keyed));
    await expectTrips(1, 201, api.post("v1-public-contacts-batch", { contacts }));
    await expectTrips(1, 200, api.delete(record));
  });

  test("of LeadHub, with the default limit", async () => {
    const { url, proxy } = await proxiedGateway(ALONE);
    const { key } = await testWorkspace({}, url);
    const api = new ApiClient(url, await key({ api: "leadhub" }));
    const expectTrips = counting(proxy);
    const { body } = await api.post(LEADS, { first_name: "Warm", email: "warm@example.com" });
    const record = `${LEADS}/${body.data.id}`;
    const sarah = { first_name: "Sarah", email: "sarah@example.com", company: "A", tags: ["a"] };
    const keyed = { "idempotency-key": "k" };

    await expectTrips(1, 200, api.get(record));
    await expectTrips(1, 200, api.get(`${LEADS}?search=warm&sort=email&tag=a`));
    await expectTrips(1, 201, api.post(LEADS, sarah));
    await expectTrips(1, 200, api.patch(record, { lead_score: 1, tags: ["b"] }));
    await expectTrips(1, 200, api.post(`${record}/tags`, { tag: "c" }));
    await expectTrips(2, 201, api.post(LEADS, { first_name: "K" }, keyed));
    await expectTrips(1, 204, api.delete(record));
  });
});

test.each([150, 1000, 10_000])(
  "all requests of a limit of %d are one round trip each",
  async (limit) => {
    const { url, proxy } = await proxiedGateway(ALONE);
    const { api } = await testWorkspace({ requests_per_minute: limit }, url);
    const start = performance.now();
    const { body } = await api.post("v1-public-contacts", { email: "warm@example.com" });
    const record = `${CRUD}?id=${body.data.id}`;
    const before = proxy.roundTrips();
    for (let n = 0; n < 60; n++) {
      const isWrite = n % 2 === 0;
      const answer = await (isWrite ? api.patch(record, { title: `T${n}` }) : api.get(record));
      expect(answer.status).toBe(200);
    }

    const keyReads = Math.floor((performance.now() - start) / KEY_KEPT_MS);
    const trips = proxy.roundTrips() - before;
    expect(trips).toBeGreaterThanOrEqual(60);
    expect(trips).toBeLessThanOrEqual(60 + keyReads);
  },
);
