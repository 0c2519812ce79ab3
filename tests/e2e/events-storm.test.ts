import type pg from "pg";
import { expect, test } from "vitest";
import type { ApiClient, Json } from "../support/api-client.ts";
import { begin, session } from "../support/as-role.ts";
import { listen } from "../support/event-stream-client.ts";
import { FEED } from "../support/feed-world.ts";
import { testGateway } from "../support/gateway.ts";
import { ownCluster } from "../support/own-cluster.ts";
import {
  asOwner,
  databaseUrl,
  eventually,
  type TestWorkspace,
  testWorkspace,
} from "../support/workspace.ts";

// What others write holds every feed back.
ownCluster();

const WRITERS = 6;
const TURNS = 20;

/** Writes companies by transactions of which some are rolled back, in whole or in part, and some commit late. */
async function writer(id: string, number: number): Promise<string[]> {
  const client: pg.Client = await session(databaseUrl("apiUrl"));
  const done: string[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    const name = `${number}-${turn}`;
    await begin(client, id);
    await client.query("insert into crm.companies (name) values ($1), ($1 || '+')", [name]);
    await client.query("savepoint one");
    await client.query("update crm.companies set city = 'Undone' where name = $1", [name]);
    await client.query("rollback to savepoint one");
    // Others begin and commit meanwhile.
    if (turn % 3 === number % 3) await client.query("select pg_sleep(0.03)");
    await client.query("update crm.companies set size = 'big' where name = $1", [name]);
    await client.query("delete from crm.companies where name = $1 || '+'", [name]);
    const keep = turn % 4 !== 3;
    await client.query(keep ? "commit" : "rollback");
    if (!keep) continue;
    done.push(`created ${name}`, `created ${name}+`, `updated ${name}`, `deleted ${name}+`);
  }
  return done;
}

/** Writes companies through the API, also in batches that fail in part. */
async function caller(api: ApiClient): Promise<string[]> {
  const done: string[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    const items = [{ data: { name: `api-${turn}` } }, { data: { name: 1 } }];
    await api.post("v1-public-companies-batch", { items, options: { atomic: turn % 2 === 0 } });
    if (turn % 2 === 1) done.push(`created api-${turn}`);
  }
  return done;
}

/** Reads pages, a few events at a time, until it is told to stop and is at the end. */
async function pageReader(api: ApiClient, isOver: () => boolean): Promise<Json[]> {
  const seen: Json[] = [];
  for (let since = "";;) {
    const { status, body, text } = await api.get(`${FEED}?limit=7${since}`);
    expect(status, text).toBe(200);
    seen.push(...body.data);
    since = `&since=${body.meta.next_cursor}`;
    if (body.data.length === 0 && isOver()) return seen;
  }
}

/** Listens to streams that are lost again and again, likewise; tells how many they were. */
async function streamReader(
  api: ApiClient,
  isOver: () => boolean,
): Promise<{ seen: Json[]; streams: number }> {
  const seen: Json[] = [];
  let lastEventId: string | null = null;
  for (let streams = 1;; streams++) {
    const stream = await listen(api.key, { url: api.baseUrl, lastEventId });
    await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 250));
    stream.leave();
    await stream.ended.catch(() => {});
    seen.push(...stream.messages.map(({ data }) => data));
    lastEventId = stream.lastId() ?? lastEventId;
    if (!isOver()) continue;
    const { body } = await api.get(`${FEED}?since=${lastEventId}`);
    if (body.data.length === 0) return { seen, streams };
  }
}

test("a storm of writes is told once each and in order, in pages and in streams that are lost", async () => {
  const { url } = await testGateway({}, databaseUrl("apiUrl"));
  const [mine, theirs] = [await testWorkspace({}, url), await testWorkspace({}, url)];
  let over = false;
  const stored = async (id: string) =>
    await asOwner<{ sequence: string }>(
      "select sequence from crm.events where workspace_id = $1 order by xid, sequence",
      [id],
    );
  const reading = Promise.all([
    pageReader(mine.api, () => over),
    streamReader(mine.api, () => over),
    pageReader(theirs.api, () => over),
  ]);
  const writing = [
    caller(mine.api),
    ...Array.from({ length: WRITERS }, (_, i) => writer(mine.id, i)),
  ];
  const foreign = writer(theirs.id, 100);
  const done = (await Promise.all(writing)).flat().sort();
  const others = (await foreign).sort();
  // The last commits may be held back by those of others.
  const count = async (api: ApiClient) => (await pageReader(api, () => true)).length;
  const hasAll = async ({ id, api }: TestWorkspace) =>
    await count(api) === (await stored(id)).length;
  try {
    await eventually(async () => await hasAll(mine) && await hasAll(theirs));
  } finally {
    over = true;
  }
  const [pages, { seen, streams }, foreigners] = await reading;

  const companies = (events: Json[]) =>
    events.filter(({ type }) => type.startsWith("company."))
      .map(({ type, before, after }) => `${type.slice(8)} ${(after ?? before).name}`).sort();
  const order = (await stored(mine.id)).map(({ sequence }) => Number(sequence));
  expect(pages.map(({ sequence }) => sequence)).toEqual(order);
  expect(seen).toEqual(pages);
  expect(companies(pages)).toEqual(done);
  expect(companies(foreigners)).toEqual(others);
  expect(streams).toBeGreaterThan(3);
});
