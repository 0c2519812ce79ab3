import { readFile } from "node:fs/promises";
import { pipeline, Readable } from "node:stream";
import { expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { testGateway } from "../support/gateway.ts";
import { leadHub, LeadHubClient, record } from "../support/leadhub.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";
import { stubServer } from "../support/stub-server.ts";
import { laterAnswer, webhookReceiver } from "../support/webhook-receiver.ts";
import { all, deliveries, leadEvent, tell as happen, webhook } from "../support/webhooks.ts";
import { asOwner, databaseUrl } from "../support/workspace.ts";
import { tell } from "./form.ts";

const MIB = 2 ** 20;
const GIB = 2 ** 30;
const MOST_GROWTH = 200 * MIB;
/** What one worker does at once, of all workspaces. */
const AT_ONCE = 12;
const HOUR = 3_600;
/** Seconds before each try but the first, until the hour is over. */
const WAITS = [5, 300, 1_800, 7_200];

// Other tests' jobs would be run at a time that is not theirs, and would count in the worker's memory.
ownMigratedDatabase();

async function worker() {
  const { url, gateway } = await testGateway({}, databaseUrl("apiUrl"), { runsJobs: true });
  const { id, api } = await leadHub();
  return { id, api: new LeadHubClient(url, api.key), pid: gateway.child.pid! };
}

test("a receiver that answers 500 for an hour gets everything in the next try after it", async () => {
  const { id, api } = await worker();
  let seconds = 0;
  const receiver = await webhookReceiver();
  // The second tries are 5 s away only: they are answered when the first ones were looked at.
  const second = laterAnswer();
  receiver.otherwise = ({ body }) => {
    const tries = receiver.requests.filter((one) => one.body === body).length;
    return tries === 2 ? second.answer : seconds < HOUR ? 500 : 204;
  };
  const made = await webhook(api, receiver.url);
  await happen(id, leadEvent(), leadEvent(), leadEvent());
  for (const [place, wait] of WAITS.entries()) {
    const tries = place + 1;
    const found = await deliveries(
      api,
      made,
      (some) => some.every(({ attempts }) => attempts.length === tries),
    );
    const waiting = { status: "pending", attempts: Array(tries).fill(expect.anything()) };
    expect(found).toMatchObject(Array(3).fill(waiting));
    expect(Math.min(...found.map(waitOf))).toBeGreaterThanOrEqual(wait);
    second.give(500);
    seconds += wait;
    await later(id, wait);
  }
  const found = await deliveries(api, made, all("succeeded"));
  for (const { attempts } of found) {
    const codes = attempts.map((one: Json) => one.status_code);
    expect(codes).toEqual([500, 500, 500, 500, 204]);
    expect(secondsBetween(attempts.at(0).at, attempts.at(-1).at)).toBeGreaterThan(HOUR);
  }
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
  await expect.poll(() => hangs).toBeGreaterThanOrEqual(4);
  const other = await leadHub();
  const others = new LeadHubClient(api.baseUrl, other.api.key);
  const made = await webhook(others, receiver.url);
  await happen(other.id, leadEvent());
  await deliveries(others, made, all("succeeded"));
  // Each takes 15 s until it is given up: whoever waited would have waited for as many as run at once.
  const left = await Promise.all(
    hanging.map((one) => api.listed(`integrations/${one.id}/deliveries`)),
  );
  const ended = left.flat().filter(({ attempts }) => attempts.length > 0);
  expect(ended.length).toBeLessThan(AT_ONCE);
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
    made.map((one) => deliveries(api, one, ([only]) => only?.attempts.length > 0)),
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

/** Moves all that is kept of a workspace's deliveries into the past, as if so much time had gone by. */
async function later(workspaceId: string, seconds: number): Promise<void> {
  await asOwner(
    `with jobs as (
      update crm.jobs set run_at = run_at - make_interval(secs => $2),
          created_at = created_at - make_interval(secs => $2)
        where workspace_id = $1)
    update crm.webhook_deliveries d set since = d.since - make_interval(secs => $2),
        next_attempt_at = d.next_attempt_at - make_interval(secs => $2),
        created_at = d.created_at - make_interval(secs => $2),
        attempts = (
          select jsonb_agg(one || jsonb_build_object(
              'at', (one ->> 'at')::timestamptz - make_interval(secs => $2)) order by place)
            from jsonb_array_elements(d.attempts) with ordinality attempt (one, place))
      where d.workspace_id = $1`,
    [workspaceId, seconds],
  );
}

/** Seconds from a delivery's last try to its next. */
function waitOf({ attempts, next_attempt_at }: Json): number {
  return secondsBetween(attempts.at(-1).at, next_attempt_at);
}

function secondsBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 1_000;
}

/** The most memory that a process ever had, in bytes. */
async function peakOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}
