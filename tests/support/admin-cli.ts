import { type ChildProcess, spawn } from "node:child_process";
import { expect, inject } from "vitest";
import { type Outcome, outcome } from "../../supabase/local/child-process.ts";
import { projectRoot } from "../../supabase/local/paths.ts";
import type { Json } from "./api-client.ts";
import { databaseUrl } from "./workspace.ts";

/** Starts a program in the project, on the test database unless `env` says otherwise. */
export function start(
  program: string,
  args: string[],
  env: NodeJS.ProcessEnv = {},
): ChildProcess {
  return spawn(program, args, {
    cwd: projectRoot,
    env: { ...process.env, DATABASE_URL: databaseUrl("adminUrl"), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** Starts the admin CLI in a process of its own. */
export function startAdmin(args: string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  return start(process.execPath, [inject("adminProgram"), ...args], env);
}

/** Runs the admin CLI and answers how it ended. */
export async function admin(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  return await outcome(startAdmin(args, env));
}

/** Runs the admin CLI with --json, which must succeed, and answers its document. */
export async function adminJson(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Json> {
  const { code, stdout, stderr } = await admin([...args, "--json"], env);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout);
}
