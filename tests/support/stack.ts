import { type ChildProcess, spawn } from "node:child_process";
import { chmod, cp, mkdtemp, readdir, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stopWithParent } from "../../supabase/local/child-process.ts";
import { errorCode } from "../../supabase/local/failure.ts";
import { projectRoot } from "../../supabase/local/paths.ts";
import { readState } from "../../supabase/local/stack-state.ts";

const COPIED = ["supabase", "functions", "shared", "deno.json", "package.json", "tsconfig.json"];

/** One of package.json's scripts, running in a process group of its own. */
export interface RunningScript {
  /** Everything printed so far. */
  output(): string;
  /** Resolves with the exit code, or null when a signal ended npm. */
  exited: Promise<number | null>;
  /** Signals the whole group, as a terminal does, or npm alone. */
  kill(signal: NodeJS.Signals, target?: "group" | "npm"): void;
  /** Waits until a text was printed; fails when the script ends before. */
  printed(text: string | RegExp): Promise<void>;
}

/** A stack that `npm start` runs. */
export interface RunningStack extends RunningScript {
  /** Ends in /functions/v1. */
  baseUrl: string;
  /** The database's owner. */
  databaseUrl: string;
  /** The demo key, with scope `admin`. */
  key: string;
  dataDir: string;
  /** Ctrl-C; resolves with the exit code. Removes the data unless the caller chose the folder. */
  stop(): Promise<number | null>;
}

/** What a script is started with. */
export interface ScriptOptions {
  /** Added to the environment, from which this project's own variables were taken. */
  env?: NodeJS.ProcessEnv;
  /** The project to start, when not this one. */
  cwd?: string;
  args?: string[];
}

/** A temporary folder that PostgreSQL's user may enter, also when the tests run as root. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "lumenbase-"));
  await chmod(folder, 0o711);
  return folder;
}

/** A copy of the project whose files a test may change; the packages are shared. */
export async function copyProject(): Promise<string> {
  const copy = await temporaryFolder();
  const filter = (path: string) => !path.startsWith(join(projectRoot, "supabase/.data"));
  for (const name of COPIED) {
    await cp(join(projectRoot, name), join(copy, name), { recursive: true, filter });
  }
  await symlink(join(projectRoot, "node_modules"), join(copy, "node_modules"));
  return copy;
}

/** Runs `npm run NAME`. It ends when the test's process does, whatever ends that. */
export function runScript(name: string, options: ScriptOptions = {}): RunningScript {
  const child = spawn("npm", ["run", "--silent", name, "--", ...options.args ?? []], {
    cwd: options.cwd ?? projectRoot,
    env: { ...cleanEnvironment(), ...options.env },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  stopWithParent(child, "TERM", true);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => output += text);
  }
  const exited = new Promise<number | null>((resolve) => child.once("close", resolve));
  return {
    output: () => output,
    exited,
    kill: (signal, target = "group") => signalChild(child, signal, target),
    printed: (text) => waitForText(child, () => output, text),
  };
}

function cleanEnvironment(): NodeJS.ProcessEnv {
  const ours = /^(DATABASE_URL|PORT|LUMENBASE_.*|UPSTASH_.*|npm_.*|PG[A-Z]+)$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
}

function signalChild(child: ChildProcess, signal: NodeJS.Signals, target: "group" | "npm"): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(target === "group" ? -child.pid : child.pid, signal);
  } catch (error) {
    // It may have ended a moment ago, which Node has yet to tell.
    if (errorCode(error) !== "ESRCH") throw error;
  }
}

function waitForText(
  child: ChildProcess,
  output: () => string,
  text: string | RegExp,
): Promise<void> {
  const found = () => typeof text === "string" ? output().includes(text) : text.test(output());
  return new Promise((resolve, reject) => {
    const look = () => found() && resolve();
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", look);
    child.once("close", () => reject(new Error(`It ended before printing ${text}:\n${output()}`)));
    look();
  });
}

/** Runs the real `npm start` (or another script that starts the stack) until it serves requests. */
export async function startStack(
  options: ScriptOptions & { script?: string } = {},
): Promise<RunningStack> {
  const chosen = options.env?.LUMENBASE_DATA_DIR;
  const dataDir = chosen ?? await temporaryFolder();
  const env: NodeJS.ProcessEnv = { PORT: "0", LUMENBASE_DATA_DIR: dataDir, ...options.env };
  const script = runScript(options.script ?? "start", { ...options, env });
  await script.printed(/^curl .*\n/m);
  const shown = (label: string) => new RegExp(`${label} +(\\S+)`).exec(script.output())?.[1] ?? "";
  return {
    ...script,
    baseUrl: shown("Base URL"),
    key: shown("Demo key"),
    databaseUrl: env.DATABASE_URL ?? (await readState(dataDir)).databaseUrl ?? "",
    dataDir,
    stop: async () => {
      script.kill("SIGINT");
      const code = await script.exited;
      if (!chosen) await rm(dataDir, { recursive: true, force: true });
      return code;
    },
  };
}

/** Command lines of the processes (zombies aside) that were started for a data folder. */
export async function processesOf(dataDir: string): Promise<string[]> {
  const ids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const read = (id: string, file: string) => readFile(`/proc/${id}/${file}`, "utf8");
  const found = await Promise.all(ids.map(async (id) => {
    const texts = [read(id, "cmdline"), read(id, "environ")].map((text) => text.catch(() => ""));
    const [command = "", environment = ""] = await Promise.all(texts);
    if (Number(id) === process.pid || !(command + environment).includes(dataDir)) return null;
    return `${id} ${command.replaceAll("\0", " ")}`;
  }));
  return found.filter((line) => line !== null);
}
