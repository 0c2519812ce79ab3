import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, realpathSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type BootedFunction, bootFunction } from "../support/booted-function.ts";
import { denoBinary } from "../support/deno.ts";
import { buildConsole } from "../../supabase/local/console.ts";
import { type CliResult, copyProject, deployFunctions, unpack } from "../support/deploy.ts";
import { calling } from "../support/mcp.ts";
import { type ManagementApi, startManagementApi } from "../support/management-api.ts";
import { databaseUrl, testWorkspace } from "../support/workspace.ts";

const PROJECT = fileURLToPath(new URL("../..", import.meta.url));
const NAMES = readdirSync(join(PROJECT, "functions")).toSorted();
/** The functions that anybody may read. */
const PUBLIC = new Set(["console", "v1-public-docs", "v1-public-openapi"]);
/** What anybody may read that the routes declare: the contracts, and the pages that show them. */
const DOCUMENTS = {
  "v1-public-docs": [""],
  "v1-public-openapi": [""],
  leadhub: ["/openapi.json", "/docs"],
  crm: ["/openapi.json", "/docs"],
  lio: ["/openapi.json", "/docs"],
};
/** Functions of which only the paths below answer. */
const DOORS = new Set(["leadhub"]);
/** Those whose 404 has no code. */
const WITHOUT_CODES = new Set(["auth", "crm", "lio"]);
/** Of a bundle, in bytes; the host takes 5 MB. */
const LARGEST = 2560 * 1024;

const work = realpathSync(mkdtempSync(join(tmpdir(), "lumenbase-deploy-")));
let api: ManagementApi;
let cli: CliResult;

beforeAll(async () => {
  api = await startManagementApi();
  await copyProject(PROJECT, join(work, "project"));
  cli = await deployFunctions({ root: join(work, "project"), home: join(work, "home"), api });
});

afterAll(async () => {
  await api.stop();
  await rm(work, { recursive: true, force: true });
});

/** Boots a function from what was uploaded. */
async function boot(name: string, env: Record<string, string> = {}): Promise<BootedFunction> {
  const upload = api.uploads.get(name);
  if (!upload) throw new Error(`${name} was not uploaded`);
  const folder = join(work, "unpacked", name);
  await unpack(upload, folder);
  return await bootFunction({ folder, metadata: upload.metadata, cache: join(work, "deno"), env });
}

test("Deno here is the release that is hosted", () => {
  expect(execFileSync(denoBinary, ["--version"], { encoding: "utf8" })).toMatch(/^deno 2\.1\./);
});

test("the CLI deploys every function without Docker and without a network", () => {
  expect(cli.code, cli.output).toBe(0);
  expect([...api.deployed].toSorted()).toEqual(NAMES);
  expect([...api.uploads.keys()].toSorted()).toEqual(NAMES);
  expect(api.otherHosts).toEqual([]);
});

describe.each(NAMES)("%s", (name) => {
  test("is uploaded as one file, built a moment ago, that is small", () => {
    const upload = api.uploads.get(name);
    const file = `supabase/functions/${name}/index.js`;
    expect(upload?.metadata).toMatchObject({ name, entrypoint_path: file, verify_jwt: false });
    expect([...upload?.files.keys() ?? []]).toEqual([file]);
    expect(upload?.files.get(file)?.byteLength).toBeLessThan(LARGEST);
  });

  test("boots from the upload alone and answers", async () => {
    const booted = await boot(name);
    try {
      const preflight = await fetch(booted.url, { method: "OPTIONS" });
      expect([preflight.status, await preflight.text()]).toEqual([204, ""]);
      const keyless = await fetch(booted.url);
      const text = await keyless.text();
      const { error, code = error?.code } = keyless.status === 200 ? {} : JSON.parse(text);
      expect(expectedOf(name)).toContain(`${keyless.status} ${code ?? ""}`);
    } finally {
      await booted.stop();
    }
  });
});

test("what is deployed writes to the database, and reads from it", async () => {
  const headers = { Authorization: `Bearer ${await (await testWorkspace()).key()}` };
  const env = { LUMENBASE_DATABASE_URL: databaseUrl("apiUrl") };
  const [ingest, contacts] = await Promise.all(
    ["v1-public-contacts", "v1-public-contacts-crud"].map((name) => boot(name, env)),
  );
  try {
    const created = await fetch(ingest!.url, {
      method: "POST",
      headers: { ...headers, "Content-Type": "application/json" },
      body: JSON.stringify({ email: "jane@example.com", phone: "+1-555-123-4567" }),
    });
    expect(created.status).toBe(201);
    const found = await fetch(`${contacts!.url}?search=jane`, { headers });
    expect((await found.json()).data.pagination.total).toBe(1);
  } finally {
    await Promise.all([ingest, contacts].map((one) => one?.stop()));
  }
});

test("the tools for models are deployed too", async () => {
  const booted = await boot("mcp", { LUMENBASE_DATABASE_URL: databaseUrl("apiUrl") });
  try {
    const response = await fetch(booted.url, {
      method: "POST",
      headers: {
        Authorization: `Bearer ${await (await testWorkspace()).key()}`,
        Accept: "application/json, text/event-stream",
        "Content-Type": "application/json",
      },
      body: JSON.stringify(calling("find_people", { query: "jane" })),
    });
    expect((await response.json()).result.structuredContent.people.total).toBe(0);
  } finally {
    await booted.stop();
  }
});

test("the console is deployed with its files", async () => {
  const booted = await boot("console", { LUMENBASE_PUBLIC_URL: "https://api.example.com/crm" });
  try {
    const text = await (await fetch(booted.url)).text();
    expect(text).toContain('content="/crm"');
    const built = await buildConsole();
    for (const name of ["console.js", "console.css"] as const) {
      expect(text).toContain(`"/crm/console/${name}?v=`);
      expect(await (await fetch(`${booted.url}/${name}`)).text()).toBe(built[name]);
    }
  } finally {
    await booted.stop();
  }
});

// Read once for each address, as a function reads it when it is loaded.
describe.each(["https://api.example.com/crm", ""])(
  "what anybody may read, as it is deployed with LUMENBASE_PUBLIC_URL=%s,",
  (url) => {
    beforeAll(() => {
      vi.stubEnv("LUMENBASE_PUBLIC_URL", url);
      vi.resetModules();
    });

    afterAll(() => {
      vi.unstubAllEnvs();
    });

    describe.each(Object.entries(DOCUMENTS))("%s", (name, paths) => {
      let booted: BootedFunction;

      beforeAll(async () => {
        booted = await boot(name, { LUMENBASE_PUBLIC_URL: url });
      });

      afterAll(() => booted.stop());

      test.each(paths)("%s is what the routes declare", async (path) => {
        const { default: source } = await import(`../../functions/${name}/index.ts`);
        const expected: Response = await source.fetch(
          new Request(`http://localhost/${name}${path}`),
        );
        // Deno weakens the ETag of what it packs.
        const headers = { "Accept-Encoding": "identity" };
        const response = await fetch(`${booted.url}${path}`, { headers });
        expect(await response.text()).toBe(await expected.text());
        for (const header of ["content-type", "etag", "cache-control", "content-security-policy"]) {
          expect(response.headers.get(header)).toBe(expected.headers.get(header));
        }
      });
    });
  },
);

function expectedOf(name: string): string[] {
  if (name === "worker") return ["405 method_not_allowed"];
  // JSON-RPC: invalid request.
  if (name === "mcp") return ["405 -32600"];
  if (PUBLIC.has(name)) return ["200 "];
  if (WITHOUT_CODES.has(name)) return ["404 "];
  return DOORS.has(name) ? ["404 NOT_FOUND"] : ["401 UNAUTHORIZED", "405 METHOD_NOT_ALLOWED"];
}
