import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, inject, onTestFinished, test } from "vitest";
import { parseApiKey } from "../../shared/auth/api-key.ts";
import { outcome } from "../../supabase/local/child-process.ts";
import { updateState } from "../../supabase/local/stack-state.ts";
import { admin, adminJson, start } from "../support/admin-cli.ts";

const newSlug = () => `c-${randomUUID()}`;

const json = (args: string[]) => adminJson(args);

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "lumenbase-admin-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

test("a key's life, as JSON for scripts", async () => {
  const slug = newSlug();
  const made = await json(["workspaces", "create", slug, "--name", "A B", "--contacts-per-day=0"]);
  expect(made).toMatchObject({ workspace: { slug, name: "A B", contacts_per_day: 0 } });
  const limited = await json(["workspaces", "set-limits", slug, "--requests-per-minute", "7"]);
  expect(limited).toMatchObject({ workspace: { requests_per_minute: 7, contacts_per_day: 0 } });
  expect((await json(["workspaces", "list"])).workspaces).toContainEqual(limited.workspace);

  const options = ["--scopes", "read,contact_ingest", "--expires", "90d", "--allowed-ips", "::1"];
  const { api_key: first } = await json(
    ["keys", "create", "--workspace", slug, "--name", "Web", ...options],
  );
  expect(parseApiKey(first.key)?.publicId).toBe(first.public_id);
  expect(first).toMatchObject({ scopes: ["read", "contact_ingest"], allowed_ips: ["::1/128"] });
  const rotated = await json(["keys", "rotate", first.public_id, "--overlap", "1h"]);
  expect(rotated).toMatchObject({
    api_key: { name: "Web", allowed_ips: ["::1/128"], expires_at: first.expires_at },
    replaces: { id: first.id, state: "rotating", rotated_to: rotated.api_key.id },
  });
  const revoked = await json(["keys", "revoke", first.id]);
  expect(revoked).toMatchObject({ changed: true, api_key: { id: first.id, state: "revoked" } });
  const { api_keys: keys } = await json(["keys", "list", "--workspace", slug]);
  expect(keys.map(({ state }: { state: string }) => state)).toEqual(["revoked", "active"]);
});

test("a key's life, for people: shown once, and a pasted key is never repeated", async () => {
  const slug = newSlug();
  expect((await admin(["workspaces", "create", slug])).stdout).toContain("Created the workspace.");
  const created = await admin(
    ["keys", "create", "--workspace", slug, "--name", "Web forms", "--scopes", "admin"],
  );
  const key = created.stdout.split("\n")[0]!;
  const shown = `lb_live_${parseApiKey(key)?.publicId}_…`;
  expect(created.stdout).toContain("it is not shown again");

  const listed = (await admin(["keys", "list", "--workspace", slug])).stdout.trim().split("\n");
  expect(listed).toHaveLength(2);
  expect(listed[0]).toMatch(/^KEY +WORKSPACE +NAME +SCOPES +FROM +STATE +EXPIRES +LAST USE$/);
  expect(listed[1]).toMatch(
    new RegExp(`^${shown}  ${slug}  Web forms  admin   anywhere  active  never    never$`),
  );
  const rotated = await admin(["keys", "rotate", key]);
  expect(rotated.stdout).toMatch(/rotating until \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/);
  const outputs = [
    rotated,
    await admin(["keys", "rotate", key]),
    await admin(["keys", "revoke", key]),
  ];
  outputs.push(await admin(["keys", "revoke", key]), await admin(["keys", key]));
  expect(outputs.map(({ code }) => code)).toEqual([0, 1, 0, 0, 2]);
  expect(outputs[1]?.stderr).toMatch(`The key ${shown} was rotated already: rotate its successor`);
  expect(outputs[3]?.stdout).toContain("The key was revoked before; nothing changed.");
  for (const { stdout, stderr } of outputs) {
    expect(stdout + stderr).not.toContain(key.slice(22, 40));
  }
});

test("what is no longer kept is removed", async () => {
  const { removed } = await json(["database", "housekeep"]);
  expect(removed).toEqual({
    idempotency_keys: expect.any(Number),
    deliveries: expect.any(Number),
    events: expect.any(Number),
    dead_jobs: expect.any(Number),
    requests: expect.any(Number),
    others: expect.any(Number),
  });
  const { stdout } = await admin(["database", "housekeep"]);
  expect(stdout).toMatch(
    /^Removed \d+ idempotency keys, .*, \d+ logged requests and \d+ others\.$/m,
  );
});

test("failures are one sentence on stderr and an exit code, with --json a document", async () => {
  const missing = await admin(["keys", "list", "--workspace", "nowhere"]);
  expect(missing).toMatchObject({ code: 1, stdout: "" });
  expect(missing.stderr).toMatch(/^There is no workspace "nowhere": see .*\.\n$/);
  const wrong = await admin(["keys", "lsit", "--json"]);
  expect(wrong).toMatchObject({ code: 2, stdout: "" });
  const message = 'There is no command keys "lsit": did you mean list?';
  expect(JSON.parse(wrong.stderr)).toEqual({ error: { code: "invalid_argument", message } });
  const slug = newSlug();
  await json(["workspaces", "create", slug]);
  const taken = await admin(["workspaces", "create", slug, "--json"]);
  expect(taken).toMatchObject({ code: 1, stdout: "" });
  expect(JSON.parse(taken.stderr)).toMatchObject({ error: { code: "conflict" } });
});

test("arguments are checked before any database is looked for", async () => {
  const nowhere = { DATABASE_URL: "postgresql://nobody@127.0.0.1:1/none" };
  const wrong = await admin(["workspaces", "create", "Acme"], nowhere);
  expect(wrong).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^The slug "Acme" cannot/),
  });
  const away = await admin(["workspaces", "list", "--json"], nowhere);
  expect(away.code).toBe(1);
  expect(JSON.parse(away.stderr)).toMatchObject({
    error: { code: "database", message: expect.stringContaining("127.0.0.1:1) cannot be used") },
  });
});

test("--help answers without a database, at every level", async () => {
  const nowhere = { DATABASE_URL: "postgresql://nobody@127.0.0.1:1/none" };
  const levels = [["--help"], ["workspaces", "--help"], ["connector", "create", "--help"]];
  const npm = ["run", "--silent", "admin", "--"];
  for (const args of levels) {
    const { code, stdout } = await outcome(start("npm", [...npm, ...args], nowhere));
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Usage: npm run admin -- [^]*^Example:\n {2}npm run admin -- /m);
  }
});

test("without DATABASE_URL it works on the local stack, which must run", async () => {
  const dataDir = await emptyFolder();
  const env = { DATABASE_URL: "", LUMENBASE_DATA_DIR: dataDir };
  const notRunning = "No database to work on: start the local one with `npm start`, or set " +
    "DATABASE_URL to the owner's connection URL of another.\n";
  expect(await admin(["workspaces", "list"], env)).toEqual({
    code: 1,
    stdout: "",
    stderr: notRunning,
  });
  await updateState(dataDir, { databaseUrl: "postgresql://postgres:x@127.0.0.1:1/postgres" });
  expect(await admin(["workspaces", "list"], env)).toEqual({
    code: 1,
    stdout: "",
    stderr: notRunning,
  });

  await updateState(dataDir, { databaseUrl: inject("adminUrl") });
  const slug = newSlug();
  expect(await admin(["workspaces", "create", slug], env)).toMatchObject({ code: 0, stderr: "" });
  expect((await json(["workspaces", "list"])).workspaces).toContainEqual(
    expect.objectContaining({ slug }),
  );
});
