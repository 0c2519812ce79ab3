// npm run deploy -- FLAGS: builds every function and deploys what was built. The flags and names are
// those of `supabase functions deploy`.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectRoot } from "../local/paths.ts";
import { buildFunctions } from "./build.ts";

// A folder of its own, made for this time alone, so that nothing older can be deployed.
const folder = await mkdtemp(join(tmpdir(), "lumenbase-deploy-"));
try {
  await buildFunctions(join(folder, "supabase/functions"));
  await writeFile(join(folder, "supabase/config.toml"), await builtConfig());
  process.exitCode = await deploy();
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** The settings of config.toml, for what was built: it imports no package. */
async function builtConfig(): Promise<string> {
  const config = await readFile(join(projectRoot, "supabase/config.toml"), "utf8");
  return config.replace(/^entrypoint = "\.\.\/(functions\/.+)\.ts"$/gm, 'entrypoint = "./$1.js"')
    .replace(/^import_map = .*\n/gm, "");
}

async function deploy(): Promise<number> {
  const flags = [...process.argv.slice(2), `--workdir=${folder}`];
  const child = spawn("supabase", ["functions", "deploy", ...flags], { stdio: "inherit" });
  const [code] = await once(child, "exit") as [number | null];
  return code ?? 1;
}
