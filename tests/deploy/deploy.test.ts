import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, realpathSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bootFunction } from "../support/booted-function.ts";
import { denoBinary } from "../support/deno.ts";
import { type CliResult, copyProject, deployFunctions, unpack } from "../support/deploy.ts";
import { type ManagementApi, startManagementApi } from "../support/management-api.ts";

const PROJECT = fileURLToPath(new URL("../..", import.meta.url));
const NAMES = readdirSync(join(PROJECT, "functions")).toSorted();
/** The functions that anybody may read, with the folders of the functions that they describe. */
const DESCRIBED: Record<string, string[]> = {
  "v1-public-docs": ["functions/v1-public-"],
  "v1-public-openapi": ["functions/v1-public-"],
};
const HOSTED_LIMIT = 5 * 1024 * 1024;

const work = realpathSync(mkdtempSync(join(tmpdir(), "lumenbase-deploy-")));
let api: ManagementApi;
let cli: CliResult;

beforeAll(async () => {
  api = await startManagementApi();
  await copyProject(PROJECT, join(work, "project"));
  cli = await deployFunctions({ root: join(work, "project"), home: join(work, "home"), api });
}, 60_000);

afterAll(async () => {
  await api.stop();
  await rm(work, { recursive: true, force: true });
});

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
  test("is uploaded with its own code, shared code and the import map only", () => {
    const upload = api.uploads.get(name);
    expect(upload?.metadata).toMatchObject({
      name,
      entrypoint_path: `functions/${name}/index.ts`,
      import_map_path: "deno.json",
      verify_jwt: false,
    });
    const paths = [...upload?.files.keys() ?? []];
    const folders = ["shared/", `functions/${name}/`, ...DESCRIBED[name] ?? []];
    const expected = (path: string) =>
      path === "deno.json" || folders.some((folder) => path.startsWith(folder));
    expect(paths.filter((path) => !expected(path))).toEqual([]);
  });

  test("is smaller than the hosted limit", () => {
    const contents = [...api.uploads.get(name)?.files.values() ?? []];
    const size = contents.reduce((sum, content) => sum + content.byteLength, 0);
    expect(size).toBeGreaterThan(0);
    expect(size).toBeLessThan(HOSTED_LIMIT);
  });

  test("boots from the upload alone and answers", async () => {
    const upload = api.uploads.get(name);
    if (!upload) throw new Error(`${name} was not uploaded`);
    const folder = join(work, "unpacked", name);
    await unpack(upload, folder);
    const { metadata } = upload;
    const booted = await bootFunction({ folder, metadata, cache: join(work, "deno") });
    try {
      const preflight = await fetch(booted.url, { method: "OPTIONS" });
      expect([preflight.status, await preflight.text()]).toEqual([204, ""]);
      const keyless = await fetch(booted.url);
      const text = await keyless.text();
      const code = keyless.status === 200 ? "" : JSON.parse(text).error.code;
      expect(name in DESCRIBED ? ["200 "] : ["401 UNAUTHORIZED", "405 METHOD_NOT_ALLOWED"])
        .toContain(`${keyless.status} ${code}`);
    } finally {
      await booted.stop();
    }
  }, 60_000);
});
