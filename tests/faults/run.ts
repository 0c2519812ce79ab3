import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { projectRoot } from "../../supabase/local/paths.ts";
import type { Found } from "./form.ts";
import { poolerInstalled } from "./pooler.ts";

// Usage: npm run faults [-- NAME...]
// Runs every test of this folder in its long form, then the database and e2e suites through a pooler,
// and prints what they met; a run of all is kept in results.md. With names, only those of this folder,
// and `suites` for the suites through a pooler.
// LUMENBASE_FAULTS_SEED chooses other moments and other requests; a failure prints its seed.

const RESULTS = join(projectRoot, "tests/faults/results.md");
const SUITES = "suites";
/** What vitest's own report tells, as figures of the table. */
const outcome = z.object({
  success: z.boolean(),
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
}).transform(({ success, numPassedTests, numFailedTests, numPendingTests }) => ({
  success,
  figures: { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests },
}));
type Outcome = z.infer<typeof outcome>;

const folder = await mkdtemp(join(tmpdir(), "lumenbase-faults-"));
const report = join(folder, "report");
const names = process.argv.slice(2);
const files = names.filter((name) => name !== SUITES);
const found: Found[] = [];
const ends: boolean[] = [];
if (names.length === 0 || files.length > 0) ends.push(await faults());
if (names.length === 0 || names.includes(SUITES)) ends.push(await suites());
await rm(folder, { recursive: true, force: true });
const table = shown(found);
console.log(`\n${table}`);
if (names.length === 0) await writeFile(RESULTS, `# Faults\n\n${table}\n`);
process.exit(ends.every(Boolean) ? 0 : 1);

/** The tests of this folder, in their long form. */
async function faults(): Promise<boolean> {
  const chosen = files.length > 0 ? files.map((name) => `tests/faults/${name}`) : ["tests/faults/"];
  const { success, figures } = await vitest("tests/vitest.config.ts", [
    "--maxWorkers=1",
    ...chosen,
  ]);
  const lines = (await readFile(report, "utf8").catch(() => "")).split("\n").filter(Boolean);
  found.push(...lines.map((line) => JSON.parse(line) as Found), {
    what: "tests of faults",
    figures,
  });
  return success;
}

/** The suites of the database and of what is served, through a pooler. */
async function suites(): Promise<boolean> {
  const what = "the database and e2e suites through a pooler in transaction mode";
  if (!poolerInstalled()) {
    found.push({ what, figures: { "not run": "pgbouncer is not installed" } });
    return true;
  }
  const { success, figures } = await vitest("tests/faults/pooled.config.ts", []);
  found.push({ what, figures });
  return success;
}

async function vitest(config: string, args: string[]): Promise<Outcome> {
  const json = join(folder, "outcome.json");
  const program = join(projectRoot, "node_modules/vitest/vitest.mjs");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${json}`];
  const child = spawn(
    process.execPath,
    [program, "run", "--config", join(projectRoot, config), ...reporters, ...args],
    {
      cwd: projectRoot,
      env: { ...process.env, LUMENBASE_FAULTS: "long", LUMENBASE_FAULTS_REPORT: report },
      stdio: "inherit",
    },
  );
  const [status] = await once(child, "exit") as [number | null];
  const { success, figures } = outcome.parse(JSON.parse(await readFile(json, "utf8")));
  await rm(json);
  return { success: success && status === 0, figures };
}

/** The table as Markdown, as results.md shows it. */
function shown(rows: readonly Found[]): string {
  const lines = rows.map(({ what, figures }) => {
    const seen = Object.entries(figures).map(([name, value]) => `${name}: ${value}`).join(", ");
    return `| ${what} | ${seen} |`;
  });
  const seed = process.env.LUMENBASE_FAULTS_SEED ?? "1";
  const date = new Date().toISOString().slice(0, 10);
  const context = `\`npm run faults\`, ${date}, ${cpus().length} cores, seed ${seed}.`;
  return [context, "", "| what | met |", "| --- | --- |", ...lines].join("\n");
}
