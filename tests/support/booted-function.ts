import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { denoBinary } from "./deno.ts";
import type { FunctionMetadata } from "./management-api.ts";

const SERVER = fileURLToPath(new URL("boot-function.ts", import.meta.url));
/** Nothing listens there: a function has to boot, and refuse, without its database. */
const NO_DATABASE = "postgresql://lumenbase_api:unused@127.0.0.1:1/postgres";
const LIFETIME_MS = 150_000;

/** A function that runs in a Deno process of its own. */
export interface BootedFunction {
  url: string;
  stop(): Promise<void>;
}

/**
 * Boots an unpacked function under Deno from `folder` alone. It may read its folder, read its
 * environment and reach this machine: no package and nothing else.
 */
export async function bootFunction(
  { folder, metadata, cache, env = {} }: {
    folder: string;
    metadata: FunctionMetadata;
    cache: string;
    env?: Record<string, string>;
  },
): Promise<BootedFunction> {
  const child = spawn(denoBinary, [
    "run",
    "--no-config",
    "--no-lock",
    "--no-remote",
    "--no-npm",
    "--no-prompt",
    "--allow-env",
    "--allow-sys",
    "--allow-net=127.0.0.1",
    `--allow-read=${folder}`,
    SERVER,
    pathToFileURL(join(folder, metadata.entrypoint_path)).href,
  ], {
    env: { DENO_DIR: cache, LUMENBASE_DATABASE_URL: NO_DATABASE, NO_COLOR: "1", ...env },
    timeout: LIFETIME_MS,
    killSignal: "SIGKILL",
  });
  const port = await portOf(child);
  return { url: `http://127.0.0.1:${port}/${metadata.name}`, stop: () => stop(child) };
}

function portOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = "";
    const read = (chunk: Buffer) => {
      output += chunk.toString();
      const port = /^port (\d+)$/m.exec(output)?.[1];
      if (port) resolve(port);
    };
    child.stdout?.on("data", read);
    child.stderr?.on("data", read);
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`It ended with ${code}:\n${output}`)));
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGKILL");
  await exited;
}
