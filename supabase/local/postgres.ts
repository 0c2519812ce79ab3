import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { freePort, spawnAs, stopWithParent } from "./child-process.ts";
import { Failure } from "./failure.ts";
import { type Cluster, openCluster, postgresEnvironment } from "./postgres-cluster.ts";
import { HOLDER, ownerUrl, serverUsage, stopLeftover } from "./postgres-leftover.ts";
import { readState, updateState } from "./stack-state.ts";

/** A running embedded server. */
export interface Postgres {
  /** Connection URL of the owner. */
  adminUrl: string;
  /** Resolves with the end of the server's log once it has stopped, for whatever reason. */
  stopped: Promise<string>;
  /** Ends all sessions and stops the server. May be called more than once. */
  stop(): Promise<void>;
}

/** What startPostgres needs to know. */
export interface PostgresOptions {
  dataDir: string;
  /** A fixed port; without one, the last used or any free port. */
  port?: number;
  /** Gives up starting, and leaves nothing behind. */
  signal?: AbortSignal;
}

const TAIL = 4_000;
const ATTEMPTS = 5;

/** Starts PostgreSQL 17 on a data folder, for this computer only; the data stay when it stops. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { dataDir, signal } = options;
  const usage = await serverUsage(dataDir);
  if (usage.kind === "held") throw alreadyRunning(dataDir);
  if (usage.kind === "leftover") await stopLeftover(dataDir, usage.pid);
  const cluster = await openCluster(dataDir, signal);
  const server = await launchOnPort(cluster, options);
  try {
    await hold(server);
    await updateState(dataDir, { port: server.port, databaseUrl: server.adminUrl });
  } catch (error) {
    await server.stop();
    throw error;
  }
  return server;
}

/** What to say when a stack runs on the data folder already. */
export function alreadyRunning(dataDir: string): Failure {
  return new Failure(
    `Lumenbase is running already with the data in ${dataDir}: stop that one first (Ctrl-C), or ` +
      "start this one with LUMENBASE_DATA_DIR=/another/folder and another PORT.",
  );
}

interface Server extends Postgres {
  port: number;
}

/** A port may be taken meanwhile, and a killed server be still about to end: several tries. */
async function launchOnPort(cluster: Cluster, options: PostgresOptions): Promise<Server> {
  const { dataDir, port: fixed, signal } = options;
  let wanted = (await readState(dataDir)).port;
  for (let attempt = 1;; attempt++) {
    const server = launch(cluster, fixed ?? await freePort(wanted));
    const log = await server.ready(signal);
    if (log === null) return server;
    signal?.throwIfAborted();
    const retry =
      /could not create any TCP|pre-existing shared memory block|lock file .* already exists/.test(
        log,
      );
    if (!retry || attempt === ATTEMPTS) throw startFailure(log, dataDir);
    wanted = undefined;
    await sleep(200 * attempt);
  }
}

function startFailure(log: string, dataDir: string): Failure {
  const reason = /(?:FATAL|PANIC): +(.*(?:\n(?:DETAIL|HINT):.*)*)/.exec(log)?.[1] ?? log.trim();
  return new Failure(
    `PostgreSQL could not start on ${dataDir} (${reason.replaceAll("\n", " ")}): put that right, ` +
      "or start afresh with `npm run reset`.",
  );
}

function launch(cluster: Cluster, port: number): Server & { ready: typeof ready } {
  const child = spawnAs(cluster.account, cluster.postgres, postgresArguments(cluster, port), {
    cwd: "/",
    detached: true,
    env: postgresEnvironment(),
    stdio: ["ignore", "ignore", "pipe"],
  });
  stopWithParent(child, "INT");
  let log = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => log = (log + text).slice(-TAIL));
  const stopped = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("close", () => resolve(log));
  });
  /** Null once connections are accepted; the log when the server ended instead. */
  async function ready(signal?: AbortSignal): Promise<string | null> {
    const abort = () => child.kill("SIGINT");
    signal?.addEventListener("abort", abort);
    if (signal?.aborted) abort();
    const result = await Promise.race([stopped, accepting(child, () => log)]);
    signal?.removeEventListener("abort", abort);
    return result;
  }
  return {
    port,
    adminUrl: ownerUrl(cluster.password, port),
    stopped,
    ready,
    stop: () => stop(child),
  };
}

function accepting(child: ChildProcess, log: () => string): Promise<null> {
  return new Promise((resolve) => {
    child.stderr?.on("data", () => log().includes("ready to accept connections") && resolve(null));
  });
}

/** No Unix socket, this computer only, and UTC as when hosted. */
function postgresArguments(cluster: Cluster, port: number): string[] {
  const settings = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    timezone: "UTC",
    lc_messages: "C",
    max_connections: "200",
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  return ["-D", cluster.directory, "-p", String(port), ...flags];
}

/** Fast shutdown; immediate when that takes too long (the next start then replays the log). */
async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGINT");
  const timer = setTimeout(() => child.kill("SIGQUIT"), 20_000);
  await ended;
  clearTimeout(timer);
}

/** Stays connected for as long as this process lives: see serverUsage. */
async function hold(server: Server): Promise<void> {
  const client = new pg.Client({
    connectionString: server.adminUrl,
    application_name: HOLDER,
    keepAlive: true,
  });
  client.on("error", () => {});
  try {
    await client.connect();
  } catch (error) {
    if ((error as { code?: string }).code !== "28P01") throw error;
    throw new Failure(
      "The password in stack.json is not that of the database beside it: put the right file back, " +
        "or start afresh with `npm run reset`.",
    );
  }
}
