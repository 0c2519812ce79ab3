import type pg from "pg";
import { expect, test } from "vitest";
import { begin, session } from "../support/as-role.ts";
import { leadWorld, type Row } from "../support/lead-world.ts";
import { ownCluster } from "../support/own-cluster.ts";
import { asOwner, databaseUrl, eventually } from "../support/workspace.ts";

// Its count of deadlocks is of these tests alone.
ownCluster();

const CONNECTIONS = 12;
const TURNS = 20;
const email = (n: number) => `p-${n % 4}@example.com`;

/** What is refused of a stage that somebody else has deleted meanwhile. */
const GONE = new Set(["LB007", "LB008"]);

/** Runs a statement in a transaction of a workspace, again when it has to start over. */
async function write(client: pg.Client, id: string, text: string, values: unknown[]) {
  for (;;) {
    try {
      await begin(client, id);
      const { rows } = await client.query(text, values);
      await client.query("commit");
      return rows;
    } catch (error) {
      await client.query("rollback");
      const { code = "" } = error as { code?: string };
      if (GONE.has(code)) return [];
      if (code !== "40001") throw error;
    }
  }
}

type Writing = [text: string, ...values: unknown[]];

/** Has each connection do its turns of writes, all connections at once. */
async function storm(id: string, writing: (connection: number, turn: number) => Writing) {
  const url = databaseUrl("apiUrl");
  const clients = await Promise.all(Array.from({ length: CONNECTIONS }, () => session(url)));
  await Promise.all(clients.map(async (client, connection) => {
    for (let turn = 0; turn < TURNS; turn++) {
      const [text, ...values] = writing(connection, turn);
      await write(client, id, text, values);
    }
    await client.end();
  }));
}

/** The leads whose person is not their contact's. */
function unlike(id: string) {
  return asOwner(
    `select l.id, l.first_name, c.first_name as other, l.email, c.email as its
      from crm.leads l join crm.contacts c on c.workspace_id = l.workspace_id and c.id = l.contact_id
      where l.workspace_id = $1 and (l.first_name, l.last_name, l.email, l.phone)
        is distinct from (c.first_name, c.last_name, c.email, c.phone)`,
    [id],
  );
}

test("creates for one email at once make one contact, which all leads show", async () => {
  const { id, rows } = await leadWorld();
  await storm(id, (connection, turn) => {
    const lead = {
      first_name: `F ${connection}-${turn}`,
      email: email(turn),
      company: `Company ${turn % 3}`,
      tags: [connection, turn, 7].map((n) => `tag-${n % 5}`),
    };
    return ["select id from app.create_lead($1)", lead];
  });
  expect(await rows("select id from crm.leads")).toHaveLength(CONNECTIONS * TURNS);
  expect(await rows("select id from crm.contacts")).toHaveLength(4);
  expect(await rows("select id from crm.companies")).toHaveLength(3);
  expect(await rows("select id from crm.tags")).toHaveLength(5);
  expect(await unlike(id)).toEqual([]);
});

test("leads, contacts and ingest changed at once end alike", async () => {
  const { id, create, rows } = await leadWorld();
  const leads: Row[] = [];
  for (let n = 0; n < 8; n++) leads.push(await create({ email: email(n), tags: [`t${n % 3}`] }));
  const change = "select id from app.change_lead($1, $2)";
  const kinds: ((n: number, name: string) => Writing)[] = [
    (n, name) => [change, leads[n % 8]!.id, { first_name: name, phone: name }],
    (n, name) => [change, leads[n % 8]!.id, { email: email(n * 3 + 1), last_name: name }],
    (_, name) => ["update crm.contacts set first_name = $2 where email = $1", email(0), name],
    (n) => [change, leads[n % 8]!.id, { email: email(n), tags: ["t2", "t0"] }],
    (n, name) => ["select 1 from app.ingest_one($1)", { email: email(n), first_name: name }],
    (n) => [change, leads[n % 8]!.id, { email: null, company: `Company ${n % 2}` }],
    (n, name) => ["select id from app.create_lead($1)", { first_name: name, email: email(n) }],
    (n, name) => [change, leads[n % 8]!.id, { email: email(n + 2), score: n % 100, notes: name }],
  ];
  await storm(id, (connection, turn) => {
    const n = connection * 7 + turn;
    return kinds[n % kinds.length]!(n, `N ${connection}-${turn}`);
  });
  expect(await unlike(id)).toEqual([]);
  expect(await rows(`select id from crm.leads where email is not null and contact_id is null`))
    .toEqual([]);
  expect(await rows("select id from crm.contacts")).toHaveLength(4);
});

test("of one person, whatever lands at once beside other changes is one lead", async () => {
  const { id, create, rows } = await leadWorld();
  const others: Row[] = [];
  for (let n = 0; n < 4; n++) others.push(await create({ first_name: "Other" }));
  const land = "select id from app.land_lead($1, $2)";
  const activity = { type: "lead_intake", title: "Lead intake", data: {} };
  const phone = (n: number) => `+1415555100${n % 4}`;
  const person = (n: number) => ({ email: email(n), phone: phone(n), tags: [`t${n % 3}`] });
  // Of nobody does one come with the email alone and another with the phone alone, who would be two.
  const kinds: ((n: number, name: string) => Writing)[] = [
    (n, name) => [land, { ...person(n), first_name: name, company: `C ${n % 3}` }, activity],
    (
      n,
    ) => [land, { email: email(n % 2), notes: "x", custom_fields: { [`k${n % 3}`]: n } }, activity],
    (n) => [land, { phone: phone(2 + n % 2), tags: [`t${n % 5}`] }, activity],
    (n, name) => ["select 1 from app.ingest_one($1)", { email: email(n), first_name: name }],
    (n, name) => ["update crm.leads set notes = $2 where email = $1", email(n), name],
    (n, name) => [
      "select id from app.change_lead((select id from crm.leads where email = $1 limit 1), $2)",
      email(n),
      { last_name: name, tags: ["t2", "t0"], company: `C ${n % 2}` },
    ],
    (n, name) => ["select id from app.change_lead($1, $2)", others[n % 4]!.id, { notes: name }],
  ];
  await storm(id, (connection, turn) => {
    const n = connection * 5 + turn;
    return kinds[n % kinds.length]!(Math.floor(n / kinds.length), `N ${connection}-${turn}`);
  });
  const people = "select count(*)::int, count(distinct contact_id)::int as contacts from crm.leads";
  expect(await rows(`${people} where email is not null or phone is not null`))
    .toEqual([{ count: 4, contacts: 4 }]);
  expect(await unlike(id)).toEqual([]);
});

test("leads and stages moved at once: each lead is in a stage of its pipeline", async () => {
  const { id, call, create, rows } = await leadWorld();
  const stages = ["A", "B", "C"].map((name) => ({ name }));
  const [one, two] = [
    await call("create_pipeline", { name: "One", stages }),
    await call("create_pipeline", { name: "Two", stages }),
  ].map(([pipeline]) => pipeline!.id) as [string, string];
  const leads: string[] = [];
  for (let n = 0; n < 8; n++) leads.push((await create({ pipeline_id: one })).id);
  const first = "(select id from crm.stages where pipeline_id = $1 order by position limit 1)";
  const last = first.replace("position", "position desc");
  const kinds: ((n: number, name: string) => Writing)[] = [
    (
      n,
    ) => ["select id from app.change_lead($1, $2)", leads[n % 8], {
      pipeline_id: n % 2 ? one : two,
    }],
    (
      n,
    ) => ["select id from app.create_lead($1)", {
      first_name: "A",
      pipeline_id: n % 2 ? one : two,
    }],
    (
      n,
      name,
    ) => ["select id from app.create_stage($1, $2)", n % 2 ? one : two, { name, position: 2 }],
    (n) => [`select app.delete_stage(null, ${first}, ${last})`, n % 2 ? one : two],
    (n) => [`select id from app.change_stage($1, ${first}, '{"position": 3}')`, n % 2 ? one : two],
    (n) => [
      `select id from app.change_stage(null, ${last}, $2)`,
      n % 2 ? one : two,
      { outcome: n % 3 ? "won" : "open" },
    ],
  ];
  await storm(id, (connection, turn) => {
    const n = connection * 5 + turn;
    return kinds[n % kinds.length]!(n, `S ${connection}-${turn}`);
  });
  const astray = `select l.id from crm.leads l left join crm.stages s on s.id = l.stage_id
    where s.pipeline_id is distinct from l.pipeline_id`;
  expect(await rows(astray)).toEqual([]);
  const gaps = `select pipeline_id from crm.stages group by pipeline_id
    having (min(position), max(position), count(distinct position)) <> (1, count(*), count(*))`;
  expect(await rows(gaps)).toEqual([]);
});

test("none of these waited in a circle", async () => {
  // A session tells what it met when it ends, at the latest.
  await eventually(async () => {
    const left = await asOwner("select from pg_stat_activity where usename = 'lumenbase_api'");
    return left.length === 0;
  });
  const counted = "select deadlocks::int from pg_stat_database where datname = current_database()";
  expect(await asOwner(counted)).toEqual([{ deadlocks: 0 }]);
});
