import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createRequire } from "node:module";
import { join } from "node:path";
import pg from "pg";
import { outcome } from "./child-process.ts";
import { Failure } from "./failure.ts";
import { withClient, withLocalTls } from "./owner-connection.ts";
import { projectRoot } from "./paths.ts";

/** The role the functions log in as. */
const API_ROLE = "lumenbase_api";

/** Applies the migrations that a database lacks, with the Supabase CLI. */
export async function migrate(adminUrl: string, signal?: AbortSignal): Promise<void> {
  const target = `--remote=${withLocalTls(adminUrl)}`;
  const args = ["db", "push", "--yes", "--workdir", projectRoot, target];
  const child = spawn(process.execPath, [supabaseCli(), ...args], {
    cwd: projectRoot,
    env: { ...process.env, DO_NOT_TRACK: "1", SUPABASE_NO_UPDATE_NOTIFIER: "1" },
    stdio: ["ignore", "pipe", "pipe"],
    signal,
  });
  const { code, stderr } = await outcome(child);
  signal?.throwIfAborted();
  if (code !== 0) throw migrationFailure(stderr);
}

function supabaseCli(): string {
  try {
    const manifest = createRequire(import.meta.url).resolve("supabase/package.json");
    const { bin } = createRequire(import.meta.url)(manifest) as { bin: { supabase: string } };
    return join(manifest, "..", bin.supabase);
  } catch {
    throw new Failure("The Supabase CLI is missing, which applies migrations: run `npm install`.");
  }
}

function migrationFailure(log: string): Failure {
  const file = [...log.matchAll(/^Applying migration (\S+\.sql)/gm)].at(-1)?.[1];
  const message = /^(?:ERROR|failed)[^]*?(?=\nTry rerunning|$)/m.exec(log)?.[0].trim() ??
    log.trim();
  if (file) {
    return new Failure(
      `The migration supabase/migrations/${file} failed: correct it and start again.\n${message}`,
    );
  }
  if (log.includes("not found in local migrations")) {
    return new Failure(
      "The database has migrations that supabase/migrations lacks: update the checkout, or start " +
        "afresh with `npm run reset`.",
    );
  }
  return new Failure(`The migrations could not be applied: see the CLI's message.\n${message}`);
}

/**
 * Gives the functions' role a new random password and returns its connection URL. Only for a
 * database of one's own: functions deployed on it elsewhere lose their password.
 */
export async function apiLogin(adminUrl: string): Promise<string> {
  const password = randomBytes(24).toString("hex");
  await withClient(adminUrl, async (client) => {
    const role = client.escapeIdentifier(API_ROLE);
    await client.query("begin");
    // Two starts at once would update one row of pg_authid, which fails instead of waiting.
    await client.query("select pg_advisory_xact_lock(hashtext($1))", [API_ROLE]);
    await client.query(`alter role ${role} login password ${pg.escapeLiteral(password)}`);
    await client.query("commit");
  }).catch((error) => {
    throw new Failure(
      `The role ${API_ROLE} could not be given a password (${(error as Error).message}): let its ` +
        "owner set one, and put the URL with that password in LUMENBASE_DATABASE_URL.",
    );
  });
  const url = new URL(withLocalTls(adminUrl));
  // Supabase's poolers find the project in the user's name: postgres.PROJECT.
  const pooled = url.hostname.endsWith(".pooler.supabase.com");
  const project = pooled ? /\.\w+$/.exec(url.username)?.[0] ?? "" : "";
  url.username = API_ROLE + project;
  url.password = password;
  return url.href;
}

/** Whether the functions' connection still works. */
export async function apiLoginWorks(apiUrl: string): Promise<boolean> {
  return await withClient(apiUrl, () => Promise.resolve(true)).catch(() => false);
}
