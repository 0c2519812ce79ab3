import { createHash } from "node:crypto";
import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { apiLogin, migrate } from "../../supabase/local/migrate.ts";
import { withClient } from "../../supabase/local/owner-connection.ts";
import { projectRoot } from "../../supabase/local/paths.ts";
import { startPostgres } from "../../supabase/local/postgres.ts";
import { seed, type Seeded } from "./seed.ts";

/** A running PostgreSQL with the benchmark's workspaces. */
export interface BenchCluster {
  adminUrl: string;
  apiUrl: string;
  seeded: Seeded;
  stop(): Promise<void>;
}

const FOLDER = "lumenbase-bench-";
const A_DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Starts PostgreSQL on a fresh copy of a seeded data folder, which is kept in the temporary folder
 * for as long as the migrations and the seed stay the same: a run never meets what another wrote.
 */
export async function startCluster(small: number, large: number): Promise<BenchCluster> {
  const kept = join(tmpdir(), FOLDER + await version(small, large));
  if (!await exists(kept)) await prepare(kept, small, large);
  const dataDir = await mkdtemp(join(tmpdir(), `${FOLDER}run-`));
  await copyFolder(kept, dataDir);
  const postgres = await startPostgres({ dataDir });
  const seeded = JSON.parse(await readFile(join(dataDir, "seeded.json"), "utf8")) as Seeded;
  return {
    adminUrl: postgres.adminUrl,
    apiUrl: await apiLogin(postgres.adminUrl),
    seeded,
    stop: async () => {
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function prepare(kept: string, small: number, large: number): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), `${FOLDER}new-`));
  try {
    const postgres = await startPostgres({ dataDir });
    try {
      await migrate(postgres.adminUrl);
      const seeded = await withClient(postgres.adminUrl, (owner) => seed(owner, small, large));
      await writeFile(join(dataDir, "seeded.json"), JSON.stringify(seeded));
    } finally {
      await postgres.stop();
    }
    await rename(dataDir, kept);
    await removeOld();
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

// Seeds of other versions, and what a run that was killed left behind.
async function removeOld(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const folder = join(tmpdir(), name);
    if (!name.startsWith(FOLDER)) continue;
    const { mtimeMs } = await stat(folder);
    if (Date.now() - mtimeMs > A_DAY_MS) await rm(folder, { recursive: true, force: true });
  }
}

// Everything that the seeded data depend on.
async function version(small: number, large: number): Promise<string> {
  const hash = createHash("sha256").update(`${small} ${large}`);
  const migrations = join(projectRoot, "supabase/migrations");
  const files = (await readdir(migrations)).sort().map((name) => join(migrations, name));
  for (const file of [...files, fileURLToPath(new URL("seed.ts", import.meta.url))]) {
    hash.update(await readFile(file));
  }
  return hash.digest("hex").slice(0, 16);
}

// cp(1) keeps owners and, where the file system can, copies no data at all.
async function copyFolder(from: string, to: string): Promise<void> {
  await promisify(execFile)("cp", ["-a", `${from}/.`, to]);
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(() => true, () => false);
}
