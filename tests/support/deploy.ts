import { execFile } from "node:child_process";
import { cp, mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import type { ManagementApi, UploadedFunction } from "./management-api.ts";

const FAKE_TOKEN = `sbp_${"0".repeat(40)}`;
const FAKE_PROJECT = "abcdefghijklmnopqrst";
const LEFT_OUT = /(^|\/)(node_modules|\.git|\.data|\.temp|\.branches|\.env[^/]*)$/;

/** How the CLI ended, with everything it printed. */
export interface CliResult {
  code: number;
  output: string;
}

/** Copies the project without what git ignores, but with its packages: a deploy leaves no trace in it. */
export async function copyProject(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true, filter: (path) => !LEFT_OUT.test(relative(from, path)) });
  await symlink(join(from, "node_modules"), join(to, "node_modules"));
}

/**
 * Builds and deploys every function of the project in `root` by the real CLI of Supabase, which has a
 * home of its own in `home`, no Docker, and no way out but the stand-in.
 */
export function deployFunctions(place: Place): Promise<CliResult> {
  return runShell('npm run deploy -- --yes --use-api --remote="$PROJECT_REF"', place, {});
}

/** Where commands run: the project, a home of their own, and the stand-in they talk to. */
export interface Place {
  root: string;
  home: string;
  api: ManagementApi;
}

/** Runs shell commands as a user who deploys would, with `env` besides. */
export function runShell(
  code: string,
  place: Place,
  env: NodeJS.ProcessEnv,
): Promise<CliResult> {
  const settings = { PATH: process.env.PATH, PROJECT_REF: FAKE_PROJECT, ...env };
  return runIsolated("bash", ["-euo", "pipefail", "-c", code], place, settings);
}

async function runIsolated(
  command: string,
  args: string[],
  { root, home, api }: Place,
  env: NodeJS.ProcessEnv = {},
): Promise<CliResult> {
  const profile = join(home, "profile.yaml");
  await mkdir(home, { recursive: true });
  await writeFile(profile, profileOf(api));
  const isolated = { ...isolatedEnv(home, api), SUPABASE_PROFILE: profile, ...env };
  return await new Promise((resolve) => {
    execFile(
      command,
      args,
      { cwd: root, env: isolated },
      (error, stdout, stderr) =>
        resolve({ code: Number(error?.code ?? (error ? 1 : 0)), output: stdout + stderr }),
    )
      .stdin?.end();
  });
}

/** Writes an uploaded function into `folder`: these files and nothing else. */
export async function unpack(upload: UploadedFunction, folder: string): Promise<void> {
  for (const [path, content] of upload.files) {
    const target = join(folder, path);
    if (!target.startsWith(join(folder, "/"))) throw new Error(`${path} is outside the project`);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content);
  }
}

function profileOf(api: ManagementApi): string {
  return [
    "name: stand-in",
    `api_url: ${api.url}`,
    `dashboard_url: ${api.url}`,
    "project_host: stand-in.invalid",
    "",
  ].join("\n");
}

function isolatedEnv(home: string, api: ManagementApi): NodeJS.ProcessEnv {
  return {
    HOME: home,
    XDG_CONFIG_HOME: join(home, "config"),
    XDG_CACHE_HOME: join(home, "cache"),
    XDG_DATA_HOME: join(home, "data"),
    SUPABASE_HOME: join(home, "supabase"),
    SUPABASE_ACCESS_TOKEN: FAKE_TOKEN,
    SUPABASE_NO_UPDATE_NOTIFIER: "1",
    NPM_CONFIG_UPDATE_NOTIFIER: "false",
    DO_NOT_TRACK: "1",
    DOCKER_HOST: `unix://${home}/no-docker.sock`,
    HTTP_PROXY: api.url,
    HTTPS_PROXY: api.url,
    NO_PROXY: "127.0.0.1",
  };
}
