import assert from "node:assert/strict";
import { withClient } from "../../supabase/local/owner-connection.ts";
import type { Connection } from "./connection.ts";
import { moreIsDue } from "./deliveries.ts";
import { type Bench, compared, type Line } from "./line.ts";
import { lioWorkspace } from "./lio-world.ts";
import { connectionsTo } from "./load.ts";
import { type Side, sideBySide } from "./measure.ts";
import { person } from "./people.ts";
import { benchModule, startModule } from "./servers.ts";

const API = "/functions/v1/lio/api";
const ROWS = 2_000;

/** From a file sent to its last lead made, beside a handler that inserts its rows one by one. */
export async function imports(bench: Bench): Promise<Line[]> {
  const naive = await startModule(benchModule("naive-lio.ts"), bench.apiUrl);
  try {
    const sides = [await inserted(bench, naive.port), await imported(bench)];
    const figures = await sideBySide(sides, { ...bench.pace, rounds: bench.quick ? 3 : 7 });
    const name = `LIO: import of ${ROWS.toLocaleString("en")} leads`;
    return [compared(name, "rows/s", figures, ["ours", "naive"])];
  } finally {
    await naive.stop();
  }
}

const file = (label: string, round: number) =>
  Array.from({ length: ROWS }, (_, n) => {
    const { first_name, last_name, email, phone } = person(`${label}-${round}`, n);
    return [first_name, last_name, email, phone, `Firm ${n % 500}`].join(",");
  }).join("\n");

async function inserted({ adminUrl }: Bench, port: number): Promise<Side> {
  const { id } = await withClient(adminUrl, (owner) => lioWorkspace(owner, 0));
  let round = 0;
  return timed("naive", async () => {
    const response = await fetch(`http://127.0.0.1:${port}/import`, {
      method: "POST",
      headers: { "X-Workspace": id },
      body: file("naive", round++),
    });
    assert.deepEqual(await response.json(), { created: ROWS });
  });
}

async function imported({ adminUrl, ours: { port } }: Bench): Promise<Side> {
  const { user } = await withClient(adminUrl, (owner) => lioWorkspace(owner, 0));
  const at = `http://127.0.0.1:${port}${API}`;
  let round = 0;
  return timed("ours", async () => {
    const form = new FormData();
    const text = `first name,last name,email,phone,company\n${file("ours", round++)}`;
    form.append("file", new Blob([text]), "leads.csv");
    const sent = await fetch(`${at}/lead/lead-imports`, {
      method: "POST",
      headers: user,
      body: form,
    });
    assert.equal(sent.status, 201, await sent.text());
    const [connection] = await connectionsTo(port, 1) as [Connection];
    while (await moreIsDue(connection));
    connection.close();
    const listed = await fetch(`${at}/import-job/list?limit=1`, { headers: user });
    const { data: [job] } = await listed.json() as { data: Record<string, unknown>[] };
    assert.deepEqual([job?.status, job?.created_rows], ["completed", ROWS]);
  });
}

function timed(label: string, work: () => Promise<void>): Side {
  return {
    label,
    async round() {
      const started = performance.now();
      await work();
      return ROWS / (performance.now() - started) * 1_000;
    },
  };
}
