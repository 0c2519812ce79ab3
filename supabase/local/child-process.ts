import { type ChildProcess, spawn, type SpawnOptions } from "node:child_process";
import { type AddressInfo, createServer, Socket } from "node:net";
import { errorCode } from "./failure.ts";

/** Whose rights a child gets. `prefix` is a command that sets them and then runs the rest. */
export interface Account {
  uid?: number;
  gid?: number;
  prefix: string[];
}

/** Starts a command with an account's rights. */
export function spawnAs(
  account: Account,
  command: string,
  args: string[],
  options: SpawnOptions,
): ChildProcess {
  const [program, ...rest] = [...account.prefix, command, ...args] as [string, ...string[]];
  if (account.prefix.length > 0) return spawn(program, rest, options);
  return spawn(program, rest, { ...options, uid: account.uid, gid: account.gid });
}

/** How a command ended; `code` is null when it could not start or was killed. */
export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Collects a child's output until it has ended. A child that cannot start has a null code. */
export function outcome(child: ChildProcess): Promise<Outcome> {
  return new Promise((resolve) => {
    const result: Outcome = { code: null, stdout: "", stderr: "" };
    child.stdout?.setEncoding("utf8").on("data", (text: string) => result.stdout += text);
    child.stderr?.setEncoding("utf8").on("data", (text: string) => result.stderr += text);
    child.on("error", (error) => {
      if (error.name === "AbortError") return;
      result.stderr += error.message;
      resolve(result);
    });
    child.on("close", (code) => resolve({ ...result, code }));
  });
}

/**
 * Signals a child when this process ends in any way, SIGKILL included: a shell in a session of its
 * own waits for the end of a pipe that only this process holds.
 */
export function stopWithParent(child: ChildProcess, signal: "INT" | "TERM", group = false): void {
  if (child.pid === undefined || child.exitCode !== null) return;
  const target = `${group ? "-" : ""}${child.pid}`;
  const script = 'cat >/dev/null; kill -s "$1" -- "$2"';
  const watcher = spawn("/bin/sh", ["-c", script, "sh", signal, target], {
    cwd: "/",
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  watcher.on("error", () => {});
  watcher.stdin.on("error", () => {});
  watcher.unref();
  if (watcher.stdin instanceof Socket) watcher.stdin.unref();
  child.once("exit", () => {
    if (watcher.pid === undefined) return;
    try {
      process.kill(-watcher.pid, "SIGKILL");
    } catch {
      // It is gone already.
    }
  });
}

/** A TCP port nobody listens on: the wanted one when it is free, else any. */
export async function freePort(wanted = 0): Promise<number> {
  const port = await listenOnce(wanted);
  return typeof port === "number" ? port : Number(await listenOnce(0));
}

/** Why a port of 127.0.0.1 cannot be listened on, as a system error's code, or null. */
export async function portProblem(port: number): Promise<string | null> {
  const result = await listenOnce(port);
  return typeof result === "string" ? result : null;
}

function listenOnce(port: number): Promise<number | string> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error) => resolve(errorCode(error) || error.message));
    server.listen(port, "127.0.0.1", () => {
      const { port: taken } = server.address() as AddressInfo;
      server.close(() => resolve(taken));
    });
  });
}
