import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { freePort, stopWithParent } from "../../supabase/local/child-process.ts";

/** A pgbouncer in transaction mode. */
export interface Pooler {
  /** The given connection, through the pooler. */
  url: string;
  stop(): Promise<void>;
}

const PROGRAM = "pgbouncer";
const START_MS = 20_000;
const ATTEMPTS = 5;

/** Whether pgbouncer is installed here (Debian: `apt-get install pgbouncer`). */
export function poolerInstalled(): boolean {
  return spawnSync(PROGRAM, ["--version"]).status === 0;
}

/** Starts one in front of a connection, with so many connections to the server for all clients. */
export async function startPooler(target: string, connections: number): Promise<Pooler> {
  for (let attempt = 1;; attempt++) {
    // Another program may take the port before pgbouncer does.
    const pooler = await startOn(await freePort(), target, connections);
    if (pooler !== null) return pooler;
    if (attempt === ATTEMPTS) throw new Error(`${PROGRAM} does not start`);
  }
}

async function startOn(port: number, target: string, connections: number): Promise<Pooler | null> {
  const folder = await mkdtemp(join(tmpdir(), "lumenbase-pooler-"));
  const account = unprivileged();
  const { username, password } = new URL(target);
  const user = decodeURIComponent(username);
  const files = {
    "users.txt": `"${user}" "${decodeURIComponent(password)}"\n`,
    "pgbouncer.ini": settings(target, folder, port, connections),
  };
  await chmod(folder, 0o711);
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(folder, name), text, { mode: 0o600 });
    if (account) await chown(join(folder, name), account.uid, account.gid);
  }
  const child = spawn(PROGRAM, ["-q", join(folder, "pgbouncer.ini")], {
    cwd: "/",
    detached: true,
    stdio: "ignore",
    ...account,
  });
  stopWithParent(child, "TERM");
  const ended = once(child, "exit");
  const url = new URL(target);
  url.host = `127.0.0.1:${port}`;
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  const started = await Promise.race([reachable(url.href).then(() => true, () => false), ended]);
  if (started === true) return { url: url.href, stop };
  await stop();
  return null;
}

function settings(target: string, folder: string, port: number, connections: number): string {
  const { hostname, port: serverPort } = new URL(target);
  return [
    "[databases]",
    `* = host=${hostname} port=${serverPort}`,
    "[pgbouncer]",
    "listen_addr = 127.0.0.1",
    `listen_port = ${port}`,
    "unix_socket_dir =",
    "auth_type = scram-sha-256",
    `auth_file = ${join(folder, "users.txt")}`,
    "pool_mode = transaction",
    "ignore_startup_parameters = options",
    `default_pool_size = ${connections}`,
    "max_client_conn = 500",
    "",
  ].join("\n");
}

/** pgbouncer refuses to run as root. */
function unprivileged(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const id = (flag: string) => Number(spawnSync("id", [flag, "nobody"]).stdout.toString());
  return { uid: id("-u"), gid: id("-g") };
}

async function reachable(url: string): Promise<void> {
  for (const end = Date.now() + START_MS;;) {
    const client = new pg.Client({ connectionString: url });
    client.on("error", () => {});
    try {
      await client.connect();
      return await client.end();
    } catch (error) {
      if (Date.now() > end) throw error;
      await sleep(50);
    }
  }
}
