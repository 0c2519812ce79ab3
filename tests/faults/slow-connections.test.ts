import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import type { Socket } from "node:net";
import { expect, inject, test } from "vitest";
import { type TestGateway, testGateway } from "../support/gateway.ts";
import { asOwner, eventually, type TestWorkspace, testWorkspace } from "../support/workspace.ts";
import { dice, size, tell } from "./form.ts";
import { open, requestOf } from "./raw-http.ts";

const POOL = 4;
/** Of each hundred idle connections. */
const KEPT_ALIVE = 20;
const INGEST = "v1-public-contacts";
const LIST = "v1-public-contacts-crud";
const NAME = { email: "slow@example.com" };

interface World extends TestGateway {
  workspace: TestWorkspace;
  /** Expects every connection to PostgreSQL to rest, and as many requests as there are to work. */
  expectPoolFull(): Promise<void>;
}

async function world(): Promise<World> {
  const name = `faults-${randomUUID()}`;
  const database = new URL(inject("apiUrl"));
  database.searchParams.set("application_name", name);
  const started = await testGateway({ LUMENBASE_POOL_SIZE: String(POOL) }, database.href);
  const workspace = await testWorkspace({}, started.url);
  const sessions = () =>
    asOwner<{ state: string }>("select state from pg_stat_activity where application_name = $1", [
      name,
    ]);
  return {
    ...started,
    workspace,
    async expectPoolFull() {
      const states = await eventually(async () => {
        const found = await sessions();
        return found.every(({ state }) => state === "idle") && found;
      });
      // One more is the entrance's.
      expect(states.length).toBeLessThanOrEqual(POOL + 1);
      // What vanished clients sent is still being worked off: too long a queue answers 503.
      await eventually(async () => {
        const requests = Array.from({ length: POOL * 3 }, () => workspace.api.get(LIST));
        return (await Promise.all(requests)).every(({ status }) => status === 200);
      });
    },
  };
}

function auth({ workspace }: World): string[] {
  return [`Authorization: Bearer ${workspace.api.key}`, "Content-Type: application/json"];
}

/** Open files of the gateway's process: sockets, as it has no other that come and go. */
async function openFiles({ gateway }: World): Promise<number> {
  return (await readdir(`/proc/${gateway.child.pid}/fd`)).length;
}

test("bodies that never end hold no connection to PostgreSQL", async () => {
  const here = await world();
  const count = size(100, 1_000);
  const halves = await Promise.all(Array.from({ length: count }, async () => {
    const socket = await open(here.url);
    socket.write(requestOf("POST", INGEST, [...auth(here), "Content-Length: 400"], '{"email":'));
    return socket;
  }));
  await here.expectPoolFull();
  const made = await here.workspace.api.post(INGEST, NAME);
  expect(made.status).toBe(201);
  for (const socket of halves) socket.destroy();
  await here.expectPoolFull();
  tell("half-sent bodies", { connections: count });
});

test(
  "clients that vanish at any moment leave whole records or none, and the pool full",
  async () => {
    const here = await world();
    const random = dice("vanishing");
    const count = size(150, 3_000);
    const before = await openFiles(here);
    const vanish = async (i: number) => {
      const body = JSON.stringify({ email: `v${i}@example.com`, message: "Hello" });
      const socket = await open(here.url);
      socket.write(
        requestOf("POST", INGEST, [...auth(here), `Content-Length: ${body.length}`], body),
      );
      await new Promise((resolve) => setTimeout(resolve, random() * 25));
      if (random() < 0.5) socket.resetAndDestroy();
      else socket.destroy();
    };
    const left = Array.from({ length: count }).keys();
    await Promise.all(Array.from({ length: 16 }, async () => {
      for (const i of left) await vanish(i);
    }));
    await here.expectPoolFull();
    const [stored] = await asOwner<{ contacts: number; notes: number; used: number }>(
      `select (select count(*)::int from crm.contacts where workspace_id = $1) as contacts,
      (select count(*)::int from crm.activities where workspace_id = $1) as notes,
      (select coalesce(sum(contacts), 0)::int from crm.daily_usage where workspace_id = $1) as used`,
      [here.workspace.id],
    );
    expect([stored!.notes, stored!.used]).toEqual([stored!.contacts, stored!.contacts]);
    expect(await eventually(async () => await openFiles(here) <= before + 30)).toBe(true);
    tell("clients that vanish", { requests: count, stored: stored!.contacts });
  },
);

test("idle connections, silent or kept alive, keep nobody else from being served", async () => {
  const here = await world();
  const count = size(200, 10_000);
  const before = await openFiles(here);
  const idle: Socket[] = [];
  for (let made = 0; made < count; made += 100) {
    const more = await Promise.all(Array.from({ length: 100 }, () => open(here.url)));
    idle.push(...more);
    await Promise.all(
      more.slice(0, KEPT_ALIVE).map(async (socket) => {
        socket.write(requestOf("GET", `${LIST}?per_page=1`, auth(here)));
        await once(socket, "data");
        socket.resume();
      }),
    );
  }
  expect((await here.workspace.api.get(LIST)).status).toBe(200);
  await here.expectPoolFull();
  expect((await here.workspace.api.post(INGEST, NAME)).status).toBe(201);
  for (const socket of idle) socket.destroy();
  await here.expectPoolFull();
  expect(await eventually(async () => await openFiles(here) <= before + 30)).toBe(true);
  tell("idle connections", { connections: count });
});

test("a body that comes a byte at a time is read to its end", async () => {
  const here = await world();
  const body = JSON.stringify(NAME);
  const socket = await open(here.url);
  const answer = new Promise<string>((resolve) => {
    socket.once("data", (data: Buffer) => resolve(data.toString()));
  });
  socket.write(requestOf("POST", INGEST, [...auth(here), `Content-Length: ${body.length}`]));
  for (const byte of body) {
    socket.write(byte);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect(await answer).toMatch(/^HTTP\/1\.1 201 /);
  socket.destroy();
  await here.expectPoolFull();
});
