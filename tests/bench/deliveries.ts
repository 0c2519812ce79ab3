import assert from "node:assert/strict";
import type pg from "pg";
import { withClient } from "../../supabase/local/owner-connection.ts";
import { type Connection, requestText } from "./connection.ts";
import { createLead, LEADS } from "./leadhub.ts";
import type { Bench, Line } from "./line.ts";
import {
  type LeadWorkspace,
  leadWorkspace,
  type ListeningWorkspace,
  listeningWorkspace,
} from "./listeners.ts";
import { CONNECTIONS, connectionsTo, load } from "./load.ts";
import { type Side, sideBySide } from "./measure.ts";
import { person } from "./people.ts";
import { Receiver } from "./receiver.ts";
import { startOurs, WORKER_SECRET } from "./servers.ts";

const WORKSPACES = 8;
const IN_A_ROUND = 400;
const CHANGES = 100;
/** Between two changes on average, so that each meets the worker at another moment of its second. */
const APART_MS = 300;

/** From new leads in the database to webhooks received, with one worker that is called again and again. */
export async function deliveryRate(bench: Bench): Promise<Line[]> {
  const receiver = await Receiver.start();
  const all: ListeningWorkspace[] = [];
  for (let n = 0; n < WORKSPACES; n++) all.push(await listeningWorkspace(bench, receiver.url));
  const figures = await sideBySide([
    delivering("of 8 workspaces", bench, receiver, all),
    delivering("of one workspace", bench, receiver, all.slice(0, 1)),
  ], bench.pace);
  receiver.stop();
  const sides = Array.from(figures, ([label, values]) => ({ label, values }));
  return [{ name: "webhooks through one worker", unit: "webhooks/s", sides }];
}

function delivering(
  label: string,
  { adminUrl, ours: { port } }: Bench,
  receiver: Receiver,
  workspaces: readonly ListeningWorkspace[],
): Side {
  return {
    label,
    async round() {
      await withClient(adminUrl, (owner) => addLeads(owner, workspaces));
      const [connection] = await connectionsTo(port, 1) as [Connection];
      const started = performance.now();
      const received = receiver.received(IN_A_ROUND);
      while (await moreIsDue(connection));
      await received;
      const seconds = (performance.now() - started) / 1000;
      connection.close();
      const told = receiver.take(workspaces.map(({ secret }) => secret));
      assert.equal(told.size, IN_A_ROUND);
      return IN_A_ROUND / seconds;
    },
  };
}

async function addLeads(owner: pg.Client, workspaces: readonly LeadWorkspace[]): Promise<void> {
  for (const { id } of workspaces) {
    await owner.query(
      `insert into crm.leads (workspace_id, pipeline_id, stage_id, first_name, last_name)
       select $1, p.id, s.id, 'Marla', gen_random_uuid()
       from generate_series(1, $2), crm.pipelines p, crm.stages s
       where p.workspace_id = $1 and p.is_default
         and s.workspace_id = $1 and s.pipeline_id = p.id and s.position = 1`,
      [id, IN_A_ROUND / workspaces.length],
    );
  }
}

/** Has jobs run that are due; whether more may be. */
export async function moreIsDue(connection: Connection): Promise<boolean> {
  const headers = { Authorization: `Bearer ${WORKER_SECRET}` };
  const { status, body } = await connection.send(
    requestText("POST", "/functions/v1/worker", headers, {}),
  );
  assert.equal(status, 200, body.toString());
  const { failed, more } = JSON.parse(body.toString()) as { failed: number; more: boolean };
  assert.equal(failed, 0);
  return more;
}

/**
 * From sending a new lead to its webhook received, where the worker is called every second, as locally:
 * with nothing else to do, and while the same process makes leads for others as fast as it can.
 */
export async function deliveryDelay(bench: Bench): Promise<Line[]> {
  const working = { ...bench, ours: await startOurs(bench.apiUrl, true) };
  const receiver = await Receiver.start();
  const told = await listeningWorkspace(working, receiver.url);
  const others = await leadWorkspace(bench);
  const atRest = await changesTold(working, receiver, told, "rest");
  const connections = await connectionsTo(working.ours.port, CONNECTIONS);
  let isOver = false;
  const [underLoad] = await Promise.all([
    changesTold(working, receiver, told, "load").finally(() => isOver = true),
    busy(working, others, connections, () => isOver),
  ]);
  receiver.stop();
  await working.ours.stop();
  return [line("at rest", atRest), line("under load", underLoad)];
}

function line(when: string, milliseconds: number[]): Line {
  const sorted = milliseconds.toSorted((a, b) => a - b);
  const part = (share: number) => [sorted[Math.ceil(sorted.length * share) - 1] ?? NaN];
  return {
    name: `delay from a change to its delivery, ${when}`,
    unit: "ms",
    sides: [{ label: "median", values: part(0.5) }, { label: "99th of 100", values: part(0.99) }],
  };
}

async function busy(
  bench: Bench,
  { key }: LeadWorkspace,
  connections: readonly Connection[],
  isOver: () => boolean,
): Promise<void> {
  const target = createLead(bench, key, "busy");
  for (let from = 0; !isOver();) from += (await load(target, connections, 500, from)).answers;
}

/** Makes changes one after another; answers how long each took to be told. */
async function changesTold(
  { ours: { port } }: Bench,
  receiver: Receiver,
  { key, secret }: ListeningWorkspace,
  series: string,
): Promise<number[]> {
  const [connection] = await connectionsTo(port, 1) as [Connection];
  const headers = { Authorization: `Bearer ${key}` };
  const sent = new Map<string, number>();
  for (let n = 0; n < CHANGES; n++) {
    const { first_name, email } = person(series, n);
    const last_name = `${series} ${n}`;
    sent.set(last_name, performance.now());
    const request = requestText("POST", LEADS, headers, { first_name, last_name, email });
    const { status, body } = await connection.send(request);
    assert.equal(status, 201, body.toString());
    await new Promise((resolve) => setTimeout(resolve, APART_MS * (0.5 + Math.random())));
  }
  await receiver.received(CHANGES);
  connection.close();
  const received = receiver.take([secret]);
  return Array.from(sent, ([lead, at]) => (received.get(lead) ?? NaN) - at);
}
