import { readFile } from "node:fs/promises";
import { pipeline, Readable } from "node:stream";
import { expect, test } from "vitest";
import { testGateway } from "../support/gateway.ts";
import { leadHub, LeadHubClient, record } from "../support/leadhub.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";
import { stubServer } from "../support/stub-server.ts";
import { webhookReceiver } from "../support/webhook-receiver.ts";
import { all, deliveries, leadEvent, tell as happen, webhook } from "../support/webhooks.ts";
import { asOwner, databaseUrl } from "../support/workspace.ts";
import { tell } from "./form.ts";

const MIB = 2 ** 20;
const GIB = 2 ** 30;
const MOST_GROWTH = 200 * MIB;

// Other tests' jobs would be run at a time that is not theirs, and would count in the worker's memory.
ownMigratedDatabase();

async function worker() {
  const { url, gateway } = await testGateway({}, databaseUrl("apiUrl"), { runsJobs: true });
  const { id, api } = await leadHub();
  return { id, api: new LeadHubClient(url, api.key), pid: gateway.child.pid! };
}

test("a receiver that answers 500 for an hour gets everything in the next try after it", async () => {
  const { id, api } = await worker();
  const down = Array<number>(100).fill(500);
  const receiver = await webhookReceiver(...down);
  const made = await webhook(api, receiver.url);
  await happen(id, leadEvent(), leadEvent(), leadEvent());
  let seconds = 0;
  for (const [tries, wait] of [[1, 5], [2, 300], [3, 1_800], [4, 7_200]] as const) {
    await deliveries(
      api,
      made,
      (found) => found.every(({ attempts }) => attempts.length === tries),
    );
    const waiting = { status: "pending", attempts: Array(tries).fill(expect.anything()) };
    expect(await api.listed(`integrations/${made.id}/deliveries`)).toMatchObject(
      Array(3).fill(waiting),
    );
    seconds += wait;
    if (seconds >= 3_600) receiver.answers.length = 0;
    await later(id, wait);
  }
  const found = await deliveries(api, made, all("succeeded"));
  expect(found.map(({ attempts }) => attempts.length)).toEqual([5, 5, 5]);
  expect(record(await api.get(`integrations/${made.id}`)))
    .toMatchObject({ status: "active", last_error: null });
  expect(new Set(receiver.requests.map(({ body }) => body)).size).toBe(3);
});

test("receivers that hang keep nobody else waiting", async () => {
  const { id, api } = await worker();
  let hangs = 0;
  const silent = await stubServer(() => void hangs++);
  const receiver = await webhookReceiver();
  const hanging = await Promise.all(Array.from({ length: 24 }, () => webhook(api, silent)));
  await happen(id, leadEvent());
  await expect.poll(() => hangs, { timeout: 60_000 }).toBeGreaterThanOrEqual(4);
  const other = await leadHub();
  const others = new LeadHubClient(api.baseUrl, other.api.key);
  const made = await webhook(others, receiver.url);
  await happen(other.id, leadEvent());
  await deliveries(others, made, all("succeeded"));
  // None of them was given up in the meantime, which takes 15 s.
  const left = await Promise.all(
    hanging.map((one) => api.listed(`integrations/${one.id}/deliveries`)),
  );
  expect(left.flat().filter(({ attempts }) => attempts.length > 0)).toEqual([]);
});

test("receivers that close early, send rubbish or a gigabyte: the worker stays small", async () => {
  const { id, api, pid } = await worker();
  let sent = 0;
  // Only as fast as they are taken: what nobody reads must not pile up here.
  function* headers() {
    yield "HTTP/1.1 200 OK\r\n";
    for (let n = 0; n < GIB / 60_000; n++) yield `X-A: ${"x".repeat(60_000)}\r\n`;
  }
  function* blocks() {
    for (const block = Buffer.alloc(MIB, "x"); sent < GIB; sent += block.length) yield block;
  }
  const RECEIVERS: Record<string, Parameters<typeof stubServer>[0]> = {
    "closes at once": ({ socket }) => void socket.destroy(),
    "closes after the headers": (_, response) => {
      response.writeHead(200, { "content-length": 100 }).write("x", () => response.destroy());
    },
    "sends no HTTP": ({ socket }) => void socket.end("220 smtp.example.com ESMTP\r\n"),
    "sends endless headers": ({ socket }) => {
      pipeline(Readable.from(headers()), socket, () => {});
    },
    "sends a gigabyte": (_, response) => {
      response.writeHead(200, { "content-length": GIB });
      pipeline(Readable.from(blocks()), response, () => {});
    },
  };
  const made = await Promise.all(
    Object.values(RECEIVERS).map(async (one) => webhook(api, await stubServer(one))),
  );
  const before = await peakOf(pid);
  await happen(id, leadEvent());
  const ended = await Promise.all(
    made.map((one) => deliveries(api, one, ([only]) => only?.attempts.length === 1)),
  );
  const statuses = ended.map(([only]) => only!.attempts[0].status_code);
  const growth = await peakOf(pid) - before;
  expect(growth).toBeLessThan(MOST_GROWTH);
  expect(statuses).toEqual([null, 200, null, null, 200]);
  tell("a receiver that sends a gigabyte", {
    "MiB sent": Math.round(sent / MIB),
    "MiB the worker grew": Math.round(growth / MIB),
  });
});

/** Moves a workspace's jobs so far towards now as if that time had gone by. */
async function later(workspaceId: string, seconds: number): Promise<void> {
  await asOwner(
    "update crm.jobs set run_at = run_at - make_interval(secs => $2) where workspace_id = $1",
    [workspaceId, seconds],
  );
}

/** The most memory that a process ever had, in bytes. */
async function peakOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}
