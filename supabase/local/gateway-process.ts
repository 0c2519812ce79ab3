import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { freePort, stopWithParent } from "./child-process.ts";
import { watchConsole, writeConsole } from "./console.ts";
import { Failure } from "./failure.ts";
import { projectRoot } from "./paths.ts";

/** A running gateway. */
export interface Gateway {
  port: number;
  child: ChildProcess;
  /** Resolves with the last lines it printed, once it has ended for whatever reason. */
  stopped: Promise<string>;
  /** Lets requests in flight finish, for at most five seconds. May be called more than once. */
  stop(): Promise<void>;
}

/** What startGateway needs to know. */
export interface GatewayOptions {
  /** The functions' database connection (role lumenbase_api). */
  apiUrl: string;
  /** 0 takes any free port. */
  port: number;
  /** Loads functions again when a file in functions/ or shared/ changes. */
  watch?: boolean;
  /** Runs jobs that are due, once a second. */
  runsJobs?: boolean;
  /** A Deno program to run, which starts the gateway in its own way. */
  program?: string;
  env?: NodeJS.ProcessEnv;
  /** Receives every line of output but the first. */
  onLine?: (line: string) => void;
  signal?: AbortSignal;
}

const TAIL_LINES = 40;
const STOP_MS = 8_000;

/** Starts the gateway under Deno and waits until it listens. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  // A gateway that loads again has to find its port again.
  const port = options.watch && options.port === 0 ? await freePort() : options.port;
  const built = options.watch ? await watchConsole() : { path: await writeConsole() };
  const child = spawn(denoPath(), denoArguments({ ...options, port }, built.path), {
    cwd: projectRoot,
    // A session of its own: Ctrl-C reaches the stack, which then stops the gateway in order.
    detached: true,
    env: { ...functionsEnvironment(options), LUMENBASE_CONSOLE_FILE: built.path },
    stdio: ["ignore", "pipe", "pipe"],
  });
  stopWithParent(child, "TERM");
  const abort = () => child.kill("SIGTERM");
  options.signal?.addEventListener("abort", abort);
  const tail: string[] = [];
  const stopped = end(child, tail);
  if ("stop" in built) void stopped.then(built.stop);
  const result = await Promise.race([listening(child, tail, options), stopped]);
  options.signal?.removeEventListener("abort", abort);
  options.signal?.throwIfAborted();
  if (typeof result === "number") {
    return { port: result, child, stopped, stop: () => stop(child) };
  }
  throw result.includes("AddrInUse") ? portTaken(port) : new Failure(
    `The gateway could not start: correct what Deno reports here, then start again.\n${result}`,
  );
}

/** What to say when another program listens on the port. */
export function portTaken(port: number): Failure {
  const another = port < 65_535 ? port + 1 : port - 1;
  return new Failure(
    `Port ${port} is taken by another program: stop that one, or choose another port, for ` +
      `example \`PORT=${another} npm start\`.`,
  );
}

function denoPath(): string {
  try {
    const installer = createRequire(import.meta.url)("deno/install_api.cjs");
    return (installer as { runInstall(): string }).runInstall();
  } catch {
    throw new Failure(
      "Deno, which runs the functions, is missing for this computer: run `npm install` (with " +
        "optional dependencies).",
    );
  }
}

function denoArguments(
  { port, watch, runsJobs, program }: GatewayOptions,
  consoleFile: string,
): string[] {
  const folder = (name: string) => join(projectRoot, name);
  const watched = [folder("functions"), folder("shared"), consoleFile];
  const readable = ["functions", "shared", "node_modules", "deno.json", "package.json"];
  return [
    "run",
    "--quiet",
    "--no-prompt",
    "--no-lock",
    `--config=${folder("deno.json")}`,
    ...(watch ? ["--no-clear-screen", `--watch=${watched.join(",")}`] : []),
    "--allow-net",
    "--allow-env",
    `--allow-read=${readable.map(folder).join(",")}`,
    program ?? folder("supabase/local/gateway.ts"),
    String(port),
    ...(runsJobs ? ["jobs"] : []),
  ];
}

/** As when hosted: the owner's connection and PostgreSQL's own variables are not for functions. */
function functionsEnvironment({ apiUrl, env = process.env }: GatewayOptions): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) =>
    name !== "DATABASE_URL" && !/^PG[A-Z]/.test(name)
  );
  const settings = {
    LUMENBASE_DATABASE_URL: apiUrl,
    // Nobody but the gateway itself has to know it.
    LUMENBASE_WORKER_SECRET: env.LUMENBASE_WORKER_SECRET || randomBytes(32).toString("hex"),
    DENO_NO_UPDATE_CHECK: "1",
  };
  return { ...Object.fromEntries(kept), ...settings };
}

/** Resolves with the port once the gateway says that it listens. */
function listening(
  child: ChildProcess,
  tail: string[],
  { onLine }: GatewayOptions,
): Promise<number> {
  return new Promise((resolve) => {
    let ready = false;
    const take = (line: string) => {
      tail.splice(0, tail.length - TAIL_LINES + 1);
      tail.push(line);
      const port = /^Gateway listening on (\d+)$/.exec(line)?.[1];
      if (port && !ready) {
        ready = true;
        resolve(Number(port));
      } else onLine?.(line);
    };
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) createInterface({ input: stream }).on("line", take);
    }
  });
}

function end(child: ChildProcess, tail: string[]): Promise<string> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("close", () => resolve(tail.join("\n")));
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
  await ended;
  clearTimeout(timer);
}
