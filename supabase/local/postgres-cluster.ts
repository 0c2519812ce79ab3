import { randomBytes } from "node:crypto";
import { chown, mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Account, outcome, spawnAs } from "./child-process.ts";
import { explainFolder, makeDataFolder } from "./data-folder.ts";
import { Failure } from "./failure.ts";
import { postgresAccount } from "./postgres-account.ts";
import { findPostgres, type PostgresBinaries } from "./postgres-binaries.ts";
import { isAlive } from "./postgres-leftover.ts";
import { readState, updateState } from "./stack-state.ts";

/** A cluster on disk, and what it takes to run it. */
export interface Cluster {
  directory: string;
  password: string;
  account: Account;
  postgres: string;
}

/** Opens the cluster of a data folder, creating folder and cluster when they do not exist. */
export async function openCluster(dataDir: string, signal?: AbortSignal): Promise<Cluster> {
  const binaries = await findPostgres();
  try {
    return await prepare(dataDir, binaries, signal);
  } catch (error) {
    throw explainFolder(error, dataDir);
  }
}

async function prepare(
  dataDir: string,
  { postgres, initdb }: PostgresBinaries,
  signal?: AbortSignal,
): Promise<Cluster> {
  const directory = join(dataDir, "pg");
  await makeDataFolder(dataDir);
  const account = await postgresAccount(directory, [dataDir, postgres]);
  const password = await keptPassword(dataDir);
  const cluster = { directory, password, account, postgres };
  if (!await exists(directory)) await create(cluster, initdb, signal);
  return cluster;
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(() => true, () => false);
}

/** Written on every start, so a folder that cannot be written is found before anything runs. */
async function keptPassword(dataDir: string): Promise<string> {
  const password = (await readState(dataDir)).password ?? randomBytes(24).toString("hex");
  await updateState(dataDir, { password });
  return password;
}

/** Made beside its final place, so a start that was interrupted leaves no half-made cluster. */
async function create(cluster: Cluster, initdb: string, signal?: AbortSignal): Promise<void> {
  const fresh = `${cluster.directory}.new-${process.pid}`;
  const passwordFile = `${fresh}.password`;
  await removeUnfinished(join(cluster.directory, ".."));
  try {
    await mkdir(fresh, { mode: 0o700 });
    await writeFile(passwordFile, cluster.password + "\n", { mode: 0o600 });
    const { uid, gid } = cluster.account;
    if (uid !== undefined && gid !== undefined) {
      await Promise.all([fresh, passwordFile].map((path) => chown(path, uid, gid)));
    }
    await runInitdb(
      cluster.account,
      initdb,
      [`--pgdata=${fresh}`, `--pwfile=${passwordFile}`],
      signal,
    );
    await rename(fresh, cluster.directory);
  } finally {
    await rm(passwordFile, { force: true });
    await rm(fresh, { recursive: true, force: true });
  }
}

async function removeUnfinished(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    const pid = /^pg\.new-(\d+)/.exec(name)?.[1];
    if (pid && !isAlive(Number(pid))) {
      await rm(join(dataDir, name), { recursive: true, force: true });
    }
  }
}

async function runInitdb(
  account: Account,
  initdb: string,
  paths: string[],
  signal?: AbortSignal,
): Promise<void> {
  const options = ["--username=postgres", "--auth=scram-sha-256", "--encoding=UTF8"];
  const locale = ["--locale-provider=builtin", "--locale=C.UTF-8", "--lc-messages=C"];
  const child = spawnAs(account, initdb, [...paths, ...options, ...locale], {
    cwd: "/",
    env: postgresEnvironment(),
    stdio: ["ignore", "pipe", "pipe"],
    signal,
  });
  const { code, stderr } = await outcome(child);
  signal?.throwIfAborted();
  if (code === 0) return;
  throw new Failure(`PostgreSQL's initdb failed, so no database was made: ${stderr.trim()}`);
}

/** Without the caller's PG* variables, which PostgreSQL's programs would obey. */
export function postgresEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC" };
}
