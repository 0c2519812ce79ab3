import { execFile } from "node:child_process";
import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { followLink } from "../support/sign-in-links.ts";
import { SERVED_APIS } from "../../supabase/local/front-page.ts";
import { startPostgres } from "../../supabase/local/postgres.ts";
import {
  processesOf,
  type RunningStack,
  runScript,
  startStack,
  temporaryFolder,
} from "../support/stack.ts";

const shell = (command: string) => promisify(execFile)("sh", ["-c", command]);

/** Runs the curl that a start printed, exactly as printed, and adds the status to its output. */
async function pasteCurl(output: string): Promise<{ status: string; body: unknown }> {
  const command = /^curl .*$/m.exec(output)?.[0] ?? "";
  const { stdout } = await shell(`set -e\n${command} -w '\\n%{http_code}'`);
  const [body = "", status = ""] = stdout.split(/\n(?=\d+$)/);
  return { status, body: JSON.parse(body) };
}

/** Waits until no process of a stack is left. */
async function allGone(dataDir: string): Promise<void> {
  await expect.poll(() => processesOf(dataDir)).toEqual([]);
}

/** Kills processes at one moment: none of them sees another's end, and acts on it. */
function killTogether(ids: number[]): void {
  for (const signal of ["SIGSTOP", "SIGKILL"]) for (const id of ids) signalIfAlive(id, signal);
}

/** Signals a process, which may have ended by itself since it was listed. */
function signalIfAlive(id: number, signal: string): void {
  try {
    process.kill(id, signal);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

describe("npm start", () => {
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await temporaryFolder();
  });
  afterAll(() => rm(dataDir, { recursive: true, force: true }));
  const start = () => startStack({ env: { LUMENBASE_DATA_DIR: dataDir } });
  let first: RunningStack;

  test("the first start shows its progress and a curl that creates a contact", async () => {
    first = await start();
    const steps = [
      "Starting PostgreSQL",
      "Applying migrations",
      "Preparing",
      "Starting the gateway",
    ];
    const places = steps.map((step) => first.output().indexOf(step));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
    expect(await pasteCurl(first.output())).toMatchObject({
      status: "201",
      body: { success: true, data: { created: true } },
    });
    for (const { name, reference } of SERVED_APIS) {
      const url = `${first.baseUrl}${reference}`;
      expect(first.output()).toMatch(new RegExp(`^  ${name} reference +${url}$`, "m"));
    }
    expect(await followLink(first)).toBe("admin@demo.example, admin of demo");
    const { mode } = await stat(join(dataDir, "stack.json"));
    expect(mode & 0o777).toBe(0o600);
  });

  test("a second stack on the same data is refused while the first runs on", async () => {
    const second = runScript("start", { env: { PORT: "0", LUMENBASE_DATA_DIR: dataDir } });
    expect(await second.exited).toBe(1);
    expect(second.output()).toContain(`Lumenbase is running already with the data in ${dataDir}`);
    expect((await pasteCurl(first.output())).status).toBe("200");
  });

  test("Ctrl-C, pressed twice, ends with 0 and leaves no process", async () => {
    expect((await processesOf(dataDir)).length).toBeGreaterThan(2);
    first.kill("SIGINT");
    first.kill("SIGINT");
    expect(await first.exited).toBe(0);
    await allGone(dataDir);
  });

  test("the second start keeps the data and the key; SIGTERM to npm alone stops it", async () => {
    const second = await start();
    expect(second.key).toBe(first.key);
    expect(second.output()).toMatch(new RegExp(`^  Console    ${second.baseUrl}/console$`, "m"));
    expect((await pasteCurl(second.output())).status).toBe("200");
    second.kill("SIGTERM", "npm");
    expect(await second.exited).toBe(0);
    await allGone(dataDir);
  });

  test("SIGKILL of the stack takes the gateway and the database along", async () => {
    const killed = await start();
    killed.kill("SIGKILL");
    expect(await killed.exited).toBeNull();
    await allGone(dataDir);
  });

  test("a database that outlived its stack is stopped and its data used", async () => {
    const killed = await start();
    const isServer = (line: string) => /\/postgres -D|postgres:/.test(line);
    const others = (await processesOf(dataDir)).filter((line) => !isServer(line));
    killTogether(others.map((line) => Number.parseInt(line, 10)));
    await killed.exited;
    expect((await processesOf(dataDir)).some(isServer)).toBe(true);

    const next = await start();
    expect((await pasteCurl(next.output())).status).toBe("200");
    expect(await next.stop()).toBe(0);
    await allGone(dataDir);
  });

  test("a revoked demo key is replaced", async () => {
    const before = await start();
    await query(before.databaseUrl, "update crm.api_keys set revoked_at = now()");
    await before.stop();
    const after = await start();
    expect(after.key).not.toBe(first.key);
    expect((await pasteCurl(after.output())).status).toBe("200");
    await after.stop();
  });

  test("a gateway that ends by itself stops everything, with a sentence", async () => {
    const stack = await start();
    const gateway = (await processesOf(dataDir)).find((line) => line.includes("gateway.ts"));
    process.kill(Number.parseInt(gateway ?? "", 10), "SIGKILL");
    expect(await stack.exited).toBe(1);
    expect(stack.output()).toContain("The gateway ended by itself");
    await allGone(dataDir);
  });

  test("a database that ends by itself stops everything, with a sentence", async () => {
    const stack = await start();
    const server = (await processesOf(dataDir)).find((line) => line.includes("/postgres -D"));
    process.kill(Number.parseInt(server ?? "", 10), "SIGQUIT");
    expect(await stack.exited).toBe(1);
    expect(stack.output()).toContain("PostgreSQL ended by itself");
    await allGone(dataDir);
  });

  test("Ctrl-C during the start ends with 0 and leaves no process", async () => {
    const script = runScript("start", { env: { PORT: "0", LUMENBASE_DATA_DIR: dataDir } });
    await script.printed("Applying migrations");
    script.kill("SIGINT");
    expect(await script.exited).toBe(0);
    expect(script.output()).not.toContain("Lumenbase is running");
    await allGone(dataDir);
  });
});

test("DATABASE_URL is used instead of the embedded server", async () => {
  const serverDir = await temporaryFolder();
  const server = await startPostgres({ dataDir: serverDir });
  await query(server.adminUrl, "create database own");
  const url = new URL(server.adminUrl);
  url.pathname = "/own";
  const dataDir = await temporaryFolder();
  const env = { DATABASE_URL: url.href, LUMENBASE_DATA_DIR: dataDir };

  const stack = await startStack({ env });
  expect((await pasteCurl(stack.output())).status).toBe("201");
  expect(stack.output()).not.toContain("Starting PostgreSQL");
  expect(await query(url.href, "select email from crm.contacts")).toHaveLength(1);
  await expect(stat(join(dataDir, "pg"))).rejects.toThrow("ENOENT");
  expect(await stack.stop()).toBe(0);

  const again = await startStack({ env });
  expect(again.key).toBe(stack.key);
  expect(await again.stop()).toBe(0);
  await server.stop();
  await Promise.all([serverDir, dataDir].map((path) => rm(path, { recursive: true })));
});
