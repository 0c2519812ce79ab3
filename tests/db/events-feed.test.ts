import type pg from "pg";
import { expect, test } from "vitest";
import { apiDatabase, begin, claimsOf, session } from "../support/as-role.ts";
import type { Row } from "../support/lead-world.ts";
import { ownCluster } from "../support/own-cluster.ts";
import { asOwner, databaseUrl, eventually, testWorkspace } from "../support/workspace.ts";

// What others write holds every feed back.
ownCluster();

const WRITERS = 10;
const TURNS = 25;
const MOST = 7;

/** Reads the feed of a workspace from where it was last read to, a few events at a time. */
function reader(id: string) {
  const database = apiDatabase({ size: 1 });
  const seen: Row[] = [];
  const read = async (): Promise<number> => {
    const last = seen.at(-1);
    const [rows = []] = await database.read(claimsOf(id), [{
      text: "select * from app.read_events($1, $2, $3)",
      values: [last?.xid ?? "0", last?.sequence ?? 0, MOST],
    }]);
    seen.push(...rows as Row[]);
    return rows.length;
  };
  const readAll = async () => {
    while (await read() > 0);
    const stored = await asOwner("select from crm.events where workspace_id = $1", [id]);
    return seen.length >= stored.length;
  };
  return { seen, read, readAll };
}

const name = (event: Row) => String(((event.after ?? event.before) as Row).name);
const told = (event: Row) => `${event.action} ${name(event)}`;

/**
 * Writes companies in transactions of which some are rolled back, in whole or to a savepoint, and some
 * commit late. Answers what the committed ones did, as {@link told} tells it.
 */
async function writer(client: pg.Client, id: string, number: number): Promise<string[]> {
  const done: string[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    const n = `${number}-${turn}`;
    const mine = [`created ${n}`, `created ${n}+`, `updated ${n}!`, `deleted ${n}+`];
    await begin(client, id);
    await client.query("insert into crm.companies (name) values ($1), ($1 || '+')", [n]);
    await client.query("update crm.companies set name = name || '!' where name = $1", [n]);
    if (turn % 3 === 0) {
      await client.query("savepoint one");
      await client.query("insert into crm.companies (name) values ($1)", [`${n} undone`]);
      await client.query("rollback to savepoint one");
    }
    await client.query("delete from crm.companies where name = $1", [`${n}+`]);
    // Others begin and commit meanwhile.
    if (turn % 4 === number % 4) await client.query("select pg_sleep(0.02)");
    const keep = turn % 5 !== 4;
    await client.query(keep ? "commit" : "rollback");
    if (keep) done.push(...mine);
  }
  return done;
}

test("a storm of writes is read while it goes on: each change once, and none that was undone", async () => {
  const { id } = await testWorkspace();
  const url = databaseUrl("apiUrl");
  const clients = await Promise.all(Array.from({ length: WRITERS }, () => session(url)));
  const { seen, read, readAll } = reader(id);
  const written = new AbortController();
  const reading = (async () => {
    while (!written.signal.aborted) await read();
  })();
  const done = (await Promise.all(clients.map((client, i) => writer(client, id, i)))).flat();
  written.abort();
  await reading;
  await eventually(readAll);

  const companies = seen.filter(({ resource }) => resource === "companies");
  expect(companies.map(told).sort()).toEqual(done.sort());
  const stored = await asOwner("select from crm.events where workspace_id = $1", [id]);
  expect(seen).toHaveLength(stored.length);
});

test("a transaction that commits late is read after those that began later, and none is lost", async () => {
  const { id } = await testWorkspace();
  const url = databaseUrl("apiUrl");
  const [early, late] = [await session(url), await session(url)];
  const { seen, readAll } = reader(id);
  const names = () => seen.filter(({ resource }) => resource === "companies").map(name);
  const insert = "insert into crm.companies (name) values ($1)";
  await eventually(readAll);

  await begin(late, id);
  await late.query(insert, ["late"]);
  await begin(early, id);
  await early.query(insert, ["early"]);
  await early.query("commit");
  // Its events have lower numbers, so none of the other's may be read before.
  await readAll();
  expect(names()).toEqual([]);
  await late.query(insert, ["late too"]);
  await late.query("commit");
  await eventually(readAll);
  expect(names()).toEqual(["late", "late too", "early"]);
});
