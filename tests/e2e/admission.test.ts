import { expect, inject, test } from "vitest";
import { session } from "../support/as-role.ts";
import { testGateway } from "../support/gateway.ts";
import { dealsOf, requestsOf, useRequests, WRITES } from "../support/counted-writes.ts";
import { snapshotOf } from "../support/snapshot.ts";
import { startUpstash } from "../support/upstash.ts";
import { afterwards, eventually, testWorkspace } from "../support/workspace.ts";

// None is counted ahead with a limit below 200, so that each request asks the store.
const LIMIT = 100;
const DEALS = "v1-public-deals";
const ONE_CONNECTION = { LUMENBASE_POOL_SIZE: "1" };

/** A workspace with a deal, served by a process with one connection that just let a write in. */
async function served(env: Record<string, string> = {}) {
  const { url, log } = await testGateway({ ...ONE_CONNECTION, ...env });
  const workspace = await testWorkspace({ requests_per_minute: LIMIT }, url);
  const { body } = await workspace.api.post(DEALS, { title: "There" });
  return { ...workspace, deal: String(body.data.id), log };
}

test.each(WRITES)("$name that turns out to be over the limit changes nothing", async ({ send }) => {
  const { api, id, deal } = await served();
  await useRequests(id, LIMIT);
  const before = await snapshotOf(id);
  const answer = await send(api, deal);
  expect([answer.status, answer.headers.get("x-ratelimit-remaining")]).toEqual([429, "0"]);
  expect(await snapshotOf(id)).toEqual(before);
  expect(await requestsOf(id)).toBe(LIMIT);
});

test.each(WRITES)(
  "%s that is the last within the limit is let in, counted once",
  async ({ send }) => {
    const { api, id, deal } = await served();
    await useRequests(id, LIMIT - 1);
    const answer = await send(api, deal);
    expect([answer.status < 300, answer.headers.get("x-ratelimit-remaining")]).toEqual([true, "0"]);
    expect(await requestsOf(id)).toBe(LIMIT);
    expect((await send(api, deal)).status).toBe(429);
  },
);

test("of many creates at once as many are made as the limit lets in", async () => {
  const { api, id } = await served({ LUMENBASE_POOL_SIZE: "5" });
  await useRequests(id, LIMIT - 10);
  const answers = await Promise.all(
    Array.from(
      { length: 30 },
      (_, i) => api.post(DEALS, { title: "Many" }, i % 2 ? { "idempotency-key": `k${i}` } : {}),
    ),
  );
  const made = answers.filter(({ status }) => status === 201).length;
  expect([made, answers.filter(({ status }) => status === 429).length]).toEqual([10, 20]);
  expect(await dealsOf(id, "Many")).toBe(10);
  expect(await requestsOf(id)).toBe(LIMIT);
});

test.each([
  ["finds no record", `${DEALS}?id=01890a5d-ac96-774b-bcce-b302099a8057`, { title: "x" }, 404],
  ["links to none", null, { company_id: "01890a5d-ac96-774b-bcce-b302099a8057" }, 400],
])("a write that %s is counted once, though it is rolled back", async (_, path, body, status) => {
  const { api, id, deal } = await served();
  await useRequests(id, 10);
  const answer = await api.patch(path ?? `${DEALS}?id=${deal}`, body);
  expect([answer.status, answer.headers.get("x-ratelimit-remaining")])
    .toEqual([status, String(LIMIT - 11)]);
  expect(await requestsOf(id)).toBe(11);
});

test.each(WRITES)(
  "while the count waits for a lock, $name is counted in the process",
  async ({ send }) => {
    const { api, id, deal, log } = await served();
    await useRequests(id, 50);
    const owner = await session(inject("adminUrl"));
    await owner.query("begin");
    await owner.query("select from crm.rate_windows where subject = $1 for update", [id]);
    const before = await dealsOf(id);
    const answer = await send(api, deal);
    expect(answer.status < 300, answer.text).toBe(true);
    // The process goes on from what the store told it last, before the test set another count.
    expect(answer.headers.get("x-ratelimit-limit")).toBe(String(LIMIT));
    await eventually(async () => log.some((line) => line.includes('"trouble":"rate limit store"')));
    await owner.query("rollback");
    expect(await requestsOf(id)).toBe(50);
    const expected = { POST: before + 1, DELETE: before - 1, PATCH: before };
    expect(Object.values(expected)).toContain(await dealsOf(id));
  },
);

test(
  "with Upstash as the store a write that is over the limit changes nothing",
  async () => {
    const upstash = await startUpstash();
    afterwards(() => upstash.refuse());
    const { api, id, deal } = await served({
      UPSTASH_REDIS_REST_URL: upstash.url,
      UPSTASH_REDIS_REST_TOKEN: upstash.token,
    });
    const told = (used: number) =>
      upstash.behave({ answer: JSON.stringify([{ result: [used, LIMIT] }]) });
    // The process counts by itself while it loads what it needs, and for a pause after that.
    told(1);
    await eventually(async () => {
      return (await api.get(DEALS)).headers.get("x-ratelimit-remaining") === String(LIMIT - 1);
    });
    told(LIMIT + 1);
    const before = await snapshotOf(id);
    for (const { send } of WRITES) expect((await send(api, deal)).status).toBe(429);
    expect(await snapshotOf(id)).toEqual(before);
    expect(await requestsOf(id)).toBeUndefined();
  },
);
