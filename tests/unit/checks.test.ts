import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { architectureProblems } from "../support/checks/architecture.ts";
import { functionConfigProblems } from "../support/checks/function-config.ts";
import { packageProblems } from "../support/checks/packages.ts";

type Files = Record<string, string>;

const PROJECT = fileURLToPath(new URL("../..", import.meta.url));
const GOOD: Files = {
  "package.json": `{
    "dependencies": { "hono": "4.1.0", "@upstash/redis": "1.0.0" },
    "devDependencies": { "tool": "2.0.0-beta.1" }
  }`,
  "deno.json": `{ "imports": {
    "hono": "npm:hono@4.1.0",
    "hono/": "npm:/hono@4.1.0/",
    "@upstash/redis": "npm:@upstash/redis@1.0.0"
  } }`,
  "supabase/config.toml": `project_id = "x"

[functions.one] # a comment
entrypoint = "../functions/one/index.ts"
import_map = "../deno.json" # another
verify_jwt = false

[db]
port = 1
`,
  "functions/one/index.ts": `import { endpoint } from "../../shared/http/endpoint.ts";
import { contacts } from "../../shared/crm/contacts.ts";
export default endpoint(contacts);
`,
  "shared/http/endpoint.ts": `import process from "node:process";
import { Hono } from "hono";
import { logger } from "hono/logger";
import type {
  Contact,
} from "../crm/contacts.ts";
export const endpoint = (contact: Contact) => [process, Hono, logger, contact];
`,
  "shared/crm/contacts.ts": `import { redis } from "../db/redis.ts";
/**
 * import { nothing } from "../http/endpoint.ts";
 */
export type Contact = typeof redis;
export const contacts = redis;
`,
  "shared/db/redis.ts": `export { Redis as redis } from "@upstash/redis";\n`,
};

function project(changes: Files): string {
  const root = mkdtempSync(join(tmpdir(), "lumenbase-checks-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const [path, content] of Object.entries({ ...GOOD, ...changes })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

/** The good project with one text replaced in one file. */
function changed(path: string, from: string, to: string): string {
  const before = GOOD[path] ?? "";
  expect(before).toContain(from);
  return project({ [path]: before.replace(from, to) });
}

test("a sound project has no problems", () => {
  const root = project({});
  expect(architectureProblems(root)).toEqual([]);
  expect(functionConfigProblems(root)).toEqual([]);
  expect(packageProblems(root)).toEqual([]);
});

describe("architecture", () => {
  test.each([
    ["functions/one/index.ts", `import "../../shared/db/redis.ts";`, "a function may import"],
    ["functions/one/index.ts", `import "../two/index.ts";`, "a function may import"],
    ["functions/one/index.ts", `import "../../shared/openapi/page.ts";`, "a function may import"],
    ["functions/v1-public-docs/index.ts", `import "../one/index.ts";`, "a function may import"],
    ["functions/v1-public-docs/index.ts", `import "../../shared/db/redis.ts";`, "a function may"],
    ["functions/v1-public-openapi/index.ts", `import "../../shared/db/redis.ts";`, "a function"],
    ["functions/v1-public-openapi2/index.ts", `import "../one/index.ts";`, "a function may"],
    ["shared/http/endpoint.ts", `import "../openapi/page.ts";`, "shared/http/ must not know"],
    ["functions/one/index.ts", `import { Hono } from "hono";`, "a function may import"],
    ["functions/one/index.ts", `await import("../../shared/db/redis.ts");`, "a function may"],
    ["shared/http/endpoint.ts", `export * from "../../functions/one/index.ts";`, "functions/"],
    ["shared/http/endpoint.ts", `import "../../tests/support/deno.ts";`, "are deployed"],
    ["shared/http/endpoint.ts", `import "jsr:@std/path";`, "relative path"],
    ["shared/http/endpoint.ts", `import "npm:hono@4.1.0";`, "relative path"],
    ["shared/http/endpoint.ts", `import "/shared/db/redis.ts";`, "relative path"],
    ["shared/crm/contacts.ts", `import type { Hono } from "hono";`, "shared/crm/ must not know"],
    ["shared/crm/contacts.ts", `import { logger } from "hono/logger";`, "shared/crm/ must not"],
    ["shared/crm/contacts.ts", `import "../http/endpoint.ts";`, "shared/crm/ must not know"],
    ["shared/crm/sub/deep.ts", `import {\n  a,\n} from "../../http/endpoint.ts";`, "shared/crm/"],
    ["shared/db/redis.ts", `import "../crm/contacts.ts";`, "shared/db/ must not know"],
    ["shared/db/redis.ts", `import "../http/endpoint.ts";`, "shared/db/ must not know"],
  ])("%s refuses %s", (path, statement, problem) => {
    const root = project({ [path]: `${GOOD[path] ?? ""}${statement}\n` });
    expect(architectureProblems(root)).toEqual([expect.stringContaining(problem)]);
    expect(architectureProblems(root)[0]).toMatch(new RegExp(`^${path}:\\d+ imports `));
  });
});

test("the contract may import the functions it describes, and its page the contract", () => {
  const root = project({
    "functions/v1-public-openapi/index.ts": `import one from "../one/index.ts";
` +
      `import "../../shared/openapi/document.ts";
`,
    "functions/v1-public-docs/index.ts": `import "../v1-public-openapi/index.ts";
`,
  });
  expect(architectureProblems(root)).toEqual([]);
});

describe("config.toml against functions/", () => {
  const config = "supabase/config.toml";
  test.each([
    [config, "[functions.one]", "[functions.other]", ["is missing", "has no folder"]],
    [config, "verify_jwt = false", "verify_jwt = true", ["verify_jwt must be false"]],
    [config, "verify_jwt = false", "", ["verify_jwt must be false"]],
    [config, "../functions/one", "./functions/one", ["entrypoint must be"]],
    [config, `"../deno.json"`, `"../functions/one/deno.json"`, ["import_map must be"]],
    [config, "verify_jwt", "static_files = []\nverify_jwt", ["static_files must be absent"]],
  ])("in %s, %s must not be %s", (path, from, to, problems) => {
    const found = functionConfigProblems(changed(path, from, to));
    expect(found).toEqual(problems.map((problem) => expect.stringContaining(problem)));
  });

  test("a folder without index.ts or without a block is named", () => {
    const root = project({ "functions/two/index.ts": "", "functions/three/other.ts": "" });
    expect(functionConfigProblems(root)).toEqual([
      "functions/three has no index.ts",
      "config.toml: [functions.two] is missing",
    ]);
  });
});

describe("deno.json against package.json", () => {
  test.each([
    ["package.json", `"4.1.0"`, `"^4.1.0"`, "hono must have an exact version"],
    ["package.json", `"4.1.0"`, `"4.1.1"`, "hono is 4.1.0, package.json has 4.1.1"],
    ["package.json", `"tool"`, `"@upstash/redis"`, "@upstash/redis is 1.0.0, package.json has 2"],
    ["package.json", `"hono": "4.1.0", `, "", "hono is 4.1.0, package.json has none"],
    ["deno.json", "npm:/hono@4.1.0/", "npm:/hono@4.0.0/", "hono is 4.0.0, package.json has 4.1.0"],
    ["deno.json", "npm:hono@4.1.0", "npm:hono", "hono must be npm:hono@VERSION"],
    ["deno.json", "npm:hono@4.1.0", "jsr:@hono/hono@4.1.0", "hono must be npm:hono@VERSION"],
    ["deno.json", `"hono/": "npm:/hono@4.1.0/",`, "", "imports hono/logger, which deno.json does"],
    ["deno.json", `"hono": "npm:hono@4.1.0",`, "", "imports hono, which deno.json does not have"],
    ["shared/db/redis.ts", "@upstash/redis", "../redis.ts", "nothing imports @upstash/redis"],
    ["shared/db/redis.ts", "@upstash/redis", "tool", "tool, which is not in package.json depend"],
  ])("in %s, %s must not be %s", (path, from, to, problem) => {
    expect(packageProblems(changed(path, from, to)).join("\n")).toContain(problem);
  });

  test.each([
    [`import type { Tool } from "tool";`, []],
    [`// @ts-types="tool"`, []],
    [`import { type Tool } from "tool";`, ["in package.json dependencies"]],
  ])("a package for development is there only for types: %s", (statement, problems) => {
    const root = project({
      "shared/db/redis.ts": `${GOOD["shared/db/redis.ts"]}${statement}\n`,
      "deno.json": GOOD["deno.json"]!.replace(
        `"hono":`,
        `"tool": "npm:tool@2.0.0-beta.1", "hono":`,
      ),
    });
    const found = packageProblems(root);
    expect(found).toEqual(problems.map((problem) => expect.stringContaining(problem)));
  });
});

test("Deno.serve in a function does not pass the linter", () => {
  const root = project({ "functions/one/index.ts": "Deno.serve(() => new Response());\n" });
  copyFileSync(join(PROJECT, ".oxlintrc.json"), join(root, ".oxlintrc.json"));
  const linter = join(PROJECT, "node_modules/.bin/oxlint");
  const { status, stdout } = spawnSync(linter, ["functions"], { cwd: root, encoding: "utf8" });
  expect([status, stdout]).toEqual([1, expect.stringContaining("Export the app as default")]);
});
