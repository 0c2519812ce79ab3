import { expect, inject, test } from "vitest";
import { testGateway } from "../support/gateway.ts";
import { dealsOf, requestsOf, useRequests, WRITES } from "../support/counted-writes.ts";
import { snapshotOf } from "../support/snapshot.ts";
import { afterwards, testWorkspace } from "../support/workspace.ts";
import { crashWorld, expectAccounted, writeWhile } from "./crash-world.ts";
import { size, tell } from "./form.ts";
import { poolerInstalled, startPooler } from "./pooler.ts";

const CONNECTIONS = 3;
const LIMIT = 100;

async function pooledUrl(): Promise<string> {
  const pooler = await startPooler(inject("apiUrl"), CONNECTIONS);
  afterwards(() => pooler.stop());
  return pooler.url;
}

// `npm run faults` runs the database and e2e suites through one, too: see pooled.config.ts.
test.runIf(poolerInstalled())(
  "16 clients write through a pooler in transaction mode, exactly once",
  async () => {
    const { url } = await testGateway({}, await pooledUrl());
    const world = await crashWorld(url);
    const seen = await writeWhile(world, url, async () => {});
    expect(seen.tries).toEqual({});
    await expectAccounted(world, seen);
    tell("writes through a pooler", { writes: seen.answers.length, connections: CONNECTIONS });
  },
  size(300_000, 600_000),
);

test.runIf(poolerInstalled())(
  "workspaces that share a pooler's connections see their own records only",
  async () => {
    const pooled = await pooledUrl();
    const gateways = [await testGateway({}, pooled), await testGateway({}, pooled)];
    const workspaces = await Promise.all(
      Array.from({ length: 6 }, (_, i) => testWorkspace({}, gateways[i % 2]!.url)),
    );
    await Promise.all(workspaces.map(async ({ api, slug }) => {
      for (let i = 0; i < 10; i++) {
        const made = await api.post("v1-public-deals", { title: slug });
        expect(made.status).toBe(201);
        const { body } = await api.get("v1-public-deals?per_page=100");
        const titles = body.data.items.map(({ title }: { title: string }) => title);
        expect(titles).toEqual(Array(i + 1).fill(slug));
      }
    }));
  },
);

test.runIf(poolerInstalled())(
  "through a pooler writes over the limit change nothing, and many at once make what it lets in",
  async () => {
    const { url } = await testGateway({}, await pooledUrl());
    for (const { send } of WRITES) {
      const { api, id } = await testWorkspace({ requests_per_minute: LIMIT }, url);
      const { body } = await api.post("v1-public-deals", { title: "There" });
      await useRequests(id, LIMIT);
      const before = await snapshotOf(id);
      expect((await send(api, body.data.id)).status).toBe(429);
      expect(await snapshotOf(id)).toEqual(before);
    }
    const { api, id } = await testWorkspace({ requests_per_minute: LIMIT }, url);
    await useRequests(id, LIMIT - 10);
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => api.post("v1-public-deals", { title: "Many" })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(10);
    expect([await dealsOf(id, "Many"), await requestsOf(id)]).toEqual([10, LIMIT]);
  },
);
