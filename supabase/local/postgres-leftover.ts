import { execFile } from "node:child_process";
import { readFile, readlink, realpath } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import pg from "pg";
import { Failure } from "./failure.ts";
import { readState } from "./stack-state.ts";

/** The name under which a running stack stays connected to its own server, to show it is in use. */
export const HOLDER = "lumenbase-stack";

const PATIENCE_MS = 15_000;
const CERTAIN_MS = 2_000;

/** Who uses a data folder's server: nobody, a running stack, or nobody although it still runs. */
export type Usage = { kind: "free" } | { kind: "held" | "leftover"; pid: number };

/** Connection URL of the embedded server's owner. */
export function ownerUrl(password: string, port: number): string {
  return `postgresql://postgres:${password}@127.0.0.1:${port}/postgres?sslmode=disable`;
}

/** Whether a process exists, also when it belongs to another user. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Finds out who uses the server of a data folder, waiting while one starts or stops. */
export async function serverUsage(dataDir: string): Promise<Usage> {
  const deadline = Date.now() + PATIENCE_MS;
  let unheldSince: number | undefined;
  for (;;) {
    const server = await runningServer(join(dataDir, "pg"));
    if (!server) return { kind: "free" };
    const { pid } = server;
    const held = await isHeld(dataDir, server.port);
    if (held) return { kind: "held", pid };
    // A stack that has just started its server connects to it a moment later.
    if (held === false) unheldSince ??= Date.now();
    if (unheldSince && Date.now() - unheldSince > CERTAIN_MS) return { kind: "leftover", pid };
    if (Date.now() > deadline) {
      throw new Failure(
        `A PostgreSQL of an earlier start (process ${pid}) still uses ${dataDir} and does not ` +
          `answer: stop it with \`kill -INT ${pid}\`, then start again.`,
      );
    }
    await sleep(100);
  }
}

/** Stops a server that outlived its stack. */
export async function stopLeftover(dataDir: string, pid: number): Promise<void> {
  for (const [signal, patience] of [["SIGINT", 20_000], ["SIGQUIT", 10_000]] as const) {
    process.kill(pid, signal);
    for (const end = Date.now() + patience; Date.now() < end;) {
      if (!await runningServer(join(dataDir, "pg"))) return;
      await sleep(50);
    }
  }
  throw new Failure(`PostgreSQL (process ${pid}) does not stop: stop it with \`kill -9 ${pid}\`.`);
}

async function runningServer(cluster: string): Promise<{ pid: number; port: number } | null> {
  const text = await readFile(join(cluster, "postmaster.pid"), "utf8").catch(() => "");
  const [pid, , , port] = text.split("\n").map(Number);
  if (!pid || !isAlive(pid) || !await servesFolder(pid, cluster)) return null;
  return { pid, port: port || 0 };
}

/** A process id is used again by the system, so a live one proves nothing by itself. */
async function servesFolder(pid: number, cluster: string): Promise<boolean> {
  const directory = await realpath(cluster);
  const folder = await readlink(`/proc/${pid}/cwd`).catch(() => null);
  if (folder !== null) return folder === directory;
  const ps = promisify(execFile)("ps", ["-ww", "-p", String(pid), "-o", "command="]);
  return (await ps.catch(() => ({ stdout: "" }))).stdout.includes(cluster);
}

/** Null while the server does not accept connections. */
async function isHeld(dataDir: string, port: number): Promise<boolean | null> {
  const { password } = await readState(dataDir);
  if (!password || !port) return null;
  const client = new pg.Client({
    connectionString: ownerUrl(password, port),
    connectionTimeoutMillis: 2_000,
  });
  client.on("error", () => {});
  try {
    await client.connect();
    const query = "select 1 from pg_stat_activity where application_name = $1";
    return (await client.query(query, [HOLDER])).rows.length > 0;
  } catch {
    return null;
  } finally {
    await client.end().catch(() => {});
  }
}
