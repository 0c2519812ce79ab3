import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { bundle } from "./bundle.ts";
import { startCluster } from "./cluster.ts";
import { crmReads } from "./crm.ts";
import { dashboard } from "./dashboard.ts";
import { deliveryDelay, deliveryRate } from "./deliveries.ts";
import { forecast } from "./forecast.ts";
import { leadhub } from "./leadhub.ts";
import type { Bench, Line } from "./line.ts";
import { imports } from "./imports.ts";
import { firstRequestOfLio, lio } from "./lio.ts";
import { lioAvailability } from "./lio-availability.ts";
import { lioOverview } from "./lio-overview.ts";
import { listened } from "./listened.ts";
import { neighbour } from "./neighbour.ts";
import { asPage } from "./page.ts";
import { firstRequest, memory } from "./processes.ts";
import { byId, deepPage, filteredList } from "./reads.ts";
import { asMarkdown, asText, machine, type Results } from "./report.ts";
import { commonSearch, search } from "./search.ts";
import { benchModule, denoVersion, startModule, startOurs } from "./servers.ts";
import { defaultLimit, writes } from "./writes.ts";

// Usage: npm run bench [-- --quick] [PART...]
// Without parts, everything is measured, and results.md, .json and .html are written beside this file
// (results-quick.* with --quick).
const PARTS = {
  byId,
  filteredList,
  deepPage,
  search,
  commonSearch,
  writes,
  defaultLimit,
  leadhub,
  crmReads,
  dashboard,
  lio,
  forecast,
  lioOverview,
  lioAvailability,
  imports,
  listened,
  deliveryRate,
  deliveryDelay,
  neighbour,
  firstRequest,
  firstRequestOfLio,
  memory,
  bundle,
};

const words = process.argv.slice(2);
const quick = words.includes("--quick");
const chosen = words.filter((word) => word !== "--quick");
const unknown = chosen.filter((word) => !Object.hasOwn(PARTS, word));
if (unknown.length > 0) {
  console.error(`No such part: ${unknown.join(", ")}. Parts: ${Object.keys(PARTS).join(", ")}.`);
  process.exit(2);
}
const found = await run(chosen);
if (chosen.length === 0) await write(found);
process.exit(0);

async function run(parts: string[]): Promise<Results> {
  const pace = quick
    ? { rounds: 5, milliseconds: 400, warmUp: 600 }
    : { rounds: 11, milliseconds: 700, warmUp: 1500 };
  const bench = await start({ pace, quick });
  const lines: Line[] = [];
  const context = {
    date: new Date().toISOString().slice(0, 10),
    machine: machine(),
    versions: `Deno ${await denoVersion()}, PostgreSQL 17, Node.js ${process.versions.node}`,
    pace: `${pace.rounds} rounds of ${pace.milliseconds} ms a side, in turn; 16 connections.`,
  };
  try {
    for (const [name, measure] of Object.entries(PARTS)) {
      if (parts.length > 0 && !parts.includes(name)) continue;
      const more = await measure(bench);
      lines.push(...more);
      console.log(asText(more));
    }
  } finally {
    await bench.stop();
  }
  return { ...context, lines };
}

async function start(
  options: Pick<Bench, "pace" | "quick">,
): Promise<Bench & { stop(): Promise<void> }> {
  const cluster = await startCluster(10_000, options.quick ? 100_000 : 1_000_000);
  const { apiUrl } = cluster;
  const [ours, naive, bare] = await Promise.all([
    startOurs(apiUrl),
    startModule(benchModule("naive.ts"), apiUrl),
    startModule(benchModule("bare.ts"), apiUrl),
  ]);
  const stop = async () => {
    for (const part of [bare, naive, ours, cluster]) await part.stop();
  };
  return { ...cluster, ...options, ours, naive, bare, stop };
}

async function write(results: Results): Promise<void> {
  const file = (ending: string) =>
    fileURLToPath(new URL(`results${quick ? "-quick" : ""}.${ending}`, import.meta.url));
  await writeFile(file("md"), asMarkdown(results));
  await writeFile(file("json"), JSON.stringify(results, null, 2) + "\n");
  await writeFile(file("html"), asPage(results));
  console.log(`Written: ${file("md")} (also .json and .html)`);
}
