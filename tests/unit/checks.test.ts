import { spawnSync } from "node:child_process";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { architectureProblems } from "../support/checks/architecture.ts";
import { castProblems } from "../support/checks/casts.ts";
import { functionConfigProblems } from "../support/checks/function-config.ts";
import { packageProblems } from "../support/checks/packages.ts";
import { GOOD, project } from "../support/small-project.ts";

const PROJECT = fileURLToPath(new URL("../..", import.meta.url));

/** The good project with one text replaced in one file. */
function changed(path: string, from: string, to: string): string {
  const before = GOOD[path] ?? "";
  expect(before).toContain(from);
  return project({ [path]: before.replace(from, to) });
}

test("a sound project has no problems", () => {
  const root = project({});
  expect(architectureProblems(root)).toEqual([]);
  expect(castProblems(root)).toEqual([]);
  expect(functionConfigProblems(root)).toEqual([]);
  expect(packageProblems(root)).toEqual([]);
});

test("a cast by way of unknown is named by its line", () => {
  const root = project({
    "shared/crm/rows.ts": "const a = {};\nexport const b = a as unknown as 1;\n",
  });
  expect(castProblems(root)).toEqual(["shared/crm/rows.ts:2 casts by way of unknown"]);
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
