import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../../supabase/local/paths.ts";
import type { Found } from "./form.ts";

// Usage: npm run faults [-- NAME...]
// Runs every test of this folder in its long form, or those named, and prints what they met.
// LUMENBASE_FAULTS_SEED chooses other moments and other requests; a failure prints its seed.

const folder = await mkdtemp(join(tmpdir(), "lumenbase-faults-"));
const report = join(folder, "report");
const code = await run(process.argv.slice(2));
const lines = (await readFile(report, "utf8").catch(() => "")).split("\n").filter(Boolean);
await rm(folder, { recursive: true, force: true });
console.log(table(lines.map((line) => JSON.parse(line) as Found)));
process.exit(code);

async function run(files: string[]): Promise<number> {
  const chosen = files.length > 0 ? files.map((name) => `tests/faults/${name}`) : ["tests/faults/"];
  const vitest = join(projectRoot, "node_modules/vitest/vitest.mjs");
  const config = join(projectRoot, "tests/vitest.config.ts");
  const child = spawn(
    process.execPath,
    [vitest, "run", "--config", config, "--maxWorkers=1", ...chosen],
    {
      cwd: projectRoot,
      env: { ...process.env, LUMENBASE_FAULTS: "long", LUMENBASE_FAULTS_REPORT: report },
      stdio: "inherit",
    },
  );
  const [status] = await once(child, "exit") as [number | null];
  return status ?? 1;
}

/** The table as Markdown, as results.md shows it. */
function table(found: readonly Found[]): string {
  const rows = found.map(({ what, figures }) => {
    const seen = Object.entries(figures).map(([name, value]) => `${name}: ${value}`).join(", ");
    return `| ${what} | ${seen} |`;
  });
  const seed = process.env.LUMENBASE_FAULTS_SEED ?? "1";
  const context = `${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores, seed ${seed}`;
  return ["", `Faults (${context})`, "", "| what | met |", "| --- | --- |", ...rows].join("\n");
}
