import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { promisify } from "node:util";
import { stopWithParent } from "../../supabase/local/child-process.ts";
import { startGateway } from "../../supabase/local/gateway-process.ts";
import { projectRoot } from "../../supabase/local/paths.ts";
import { builtFolder } from "./built.ts";
import { denoBinary } from "../support/deno.ts";
import { FUNCTIONS_ENVIRONMENT } from "../support/functions-environment.ts";

/** A Deno process that listens. */
export interface Server {
  port: number;
  pid: number;
  stop(): Promise<void>;
}

const BOOT = fileURLToPath(new URL("../support/boot-function.ts", import.meta.url));

/** What calls the worker shows. */
export const WORKER_SECRET = "a-secret-of-the-benchmark-that-is-long-enough";

/** The real gateway with every function; it has its worker called only if it `runsJobs`. */
export async function startOurs(apiUrl: string, runsJobs = false): Promise<Server> {
  const env = {
    ...process.env,
    ...FUNCTIONS_ENVIRONMENT,
    LUMENBASE_WORKER_SECRET: WORKER_SECRET,
  };
  const { port, child, stop } = await startGateway({ apiUrl, port: 0, runsJobs, env });
  return { port, pid: child.pid ?? 0, stop };
}

/** One function, or one of this folder's programs, in a Deno process of its own. */
export async function startModule(
  module: URL | string,
  databaseUrl: string,
): Promise<Server> {
  const child = spawnModule(module, databaseUrl, await builtFolder());
  const port = await listening(child);
  return { port, pid: child.pid ?? 0, stop: () => end(child) };
}

/** The URL of one of this folder's programs. */
export function benchModule(name: string): URL {
  return new URL(name, import.meta.url);
}

function spawnModule(module: URL | string, databaseUrl: string, built: string): ChildProcess {
  const flags = [
    "--quiet",
    "--no-prompt",
    "--no-lock",
    `--config=${join(projectRoot, "deno.json")}`,
  ];
  const rights = ["--allow-net", "--allow-env", `--allow-read=${projectRoot},${built}`];
  const child = spawn(denoBinary, ["run", ...flags, ...rights, BOOT, String(module)], {
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      LUMENBASE_DATABASE_URL: databaseUrl,
      DENO_NO_UPDATE_CHECK: "1",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  stopWithParent(child, "TERM");
  return child;
}

function listening(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`a server ended with ${code}`)));
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on("line", (line) => {
      const port = /^port (\d+)$/.exec(line)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
}

/** The version of Deno that the functions run on. */
export async function denoVersion(): Promise<string> {
  const { stdout } = await promisify(execFile)(denoBinary, ["--version"]);
  return /^deno (\S+)/.exec(stdout)?.[1] ?? "";
}
