import { readFile, rm } from "node:fs/promises";
import { expect, onTestFinished, test } from "vitest";
import { readState } from "../../supabase/local/stack-state.ts";
import { ownCluster } from "../support/own-cluster.ts";
import {
  processesOf,
  type RunningStack,
  runScript,
  startStack,
  temporaryFolder,
} from "../support/stack.ts";
import { databaseUrl } from "../support/workspace.ts";

// What is started runs the jobs of its database, in its own way.
ownCluster();

async function dataFolder(): Promise<string> {
  const folder = await temporaryFolder();
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A start on a database that is there; with both of its URLs, no password there is changed. */
function start(dataDir: string, env: NodeJS.ProcessEnv = {}): Promise<RunningStack> {
  const database = {
    DATABASE_URL: databaseUrl("adminUrl"),
    LUMENBASE_DATABASE_URL: databaseUrl("apiUrl"),
  };
  return startStack({ env: { LUMENBASE_DATA_DIR: dataDir, ...database, ...env } });
}

/** What the functions of a running stack encrypt with. */
async function keyInUse(dataDir: string): Promise<string | undefined> {
  const gateway = (await processesOf(dataDir)).find((line) => line.includes("gateway.ts"));
  const environ = await readFile(`/proc/${Number.parseInt(gateway ?? "", 10)}/environ`, "utf8");
  return /(?:^|\0)LUMENBASE_ENCRYPTION_KEY=([^\0]*)/.exec(environ)?.[1];
}

async function publishedAt({ baseUrl }: RunningStack): Promise<string | undefined> {
  const contract = await (await fetch(`${baseUrl}/v1-public-openapi`)).json() as {
    servers: { url: string }[];
  };
  return contract.servers[0]?.url;
}

test("the first start makes an encryption key for a database, and later ones keep it", async () => {
  const dataDir = await dataFolder();
  const first = await start(dataDir);
  const key = await keyInUse(dataDir) ?? "";
  expect(key).toMatch(/^[A-Za-z0-9+/]{43}=$/);
  expect(first.output()).not.toContain(key);
  const { host, pathname } = new URL(databaseUrl("adminUrl"));
  const name = host + pathname;
  expect(await readState(dataDir)).toMatchObject({
    encryptionKeys: { [name]: key },
    addresses: { [name]: first.baseUrl },
  });
  expect(await publishedAt(first)).toBe(first.baseUrl);
  await first.stop();

  const second = await start(dataDir);
  expect(await keyInUse(dataDir)).toBe(key);
  expect((await readState(dataDir)).addresses?.[name]).toBe(second.baseUrl);
  await second.stop();
  const script = runScript("reset", { env: { LUMENBASE_DATA_DIR: dataDir }, args: ["--yes"] });
  expect(await script.exited).toBe(0);
  expect((await readState(dataDir)).encryptionKeys).toEqual({ [name]: key });
});

test("an encryption key and a public address of one's own are used, and not kept", async () => {
  const dataDir = await dataFolder();
  const given = Buffer.alloc(32, "mine").toString("base64");
  const address = "https://crm.example/functions/v1";
  const stack = await start(dataDir, {
    LUMENBASE_ENCRYPTION_KEY: given,
    LUMENBASE_PUBLIC_URL: address,
  });
  expect(await keyInUse(dataDir)).toBe(given);
  expect(await publishedAt(stack)).toBe(address);
  const { encryptionKeys, addresses } = await readState(dataDir);
  expect(encryptionKeys).toEqual({});
  expect(Object.values(addresses ?? {})).toEqual([stack.baseUrl]);
  await stack.stop();
});
