import { build } from "esbuild";
import { expect, test } from "vitest";
import { functionNames } from "../../supabase/deploy/build.ts";
import { projectRoot } from "../../supabase/local/paths.ts";
import { packageOf } from "../support/checks/source-files.ts";

const LATE = new Set([
  "@upstash/ratelimit",
  "@upstash/redis",
  "jose",
  "libphonenumber-js",
  "tldts-icann",
]);

/** The packages that a function loads when it starts, rather than when it needs them. */
async function loadedAtOnce(name: string): Promise<string[]> {
  const entry = `functions/${name}/index.ts`;
  const { metafile } = await build({
    absWorkingDir: projectRoot,
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "node",
    packages: "external",
  });
  const files = new Set([entry]);
  const packages = new Set<string>();
  for (const file of files) {
    for (const { path, kind, external } of metafile.inputs[file]?.imports ?? []) {
      if (kind === "dynamic-import") continue;
      if (!external) files.add(path);
      else if (!path.startsWith("node:")) packages.add(packageOf(path));
    }
  }
  return [...packages].sort();
}

test("a function that serves contacts loads what reading them takes", async () => {
  expect(await loadedAtOnce("v1-public-contacts-crud")).toEqual([
    "hono",
    "iso-3166",
    "leven",
    "lossless-json",
    "pg",
    "sql-template-tag",
    "zod",
  ]);
});

test.each(await functionNames())(
  "%s loads large packages only when it needs them",
  async (name) => {
    const loaded = await loadedAtOnce(name);
    expect(loaded).toContain("hono");
    expect(loaded.filter((one) => LATE.has(one))).toEqual([]);
  },
);

test.each(["v1-public-docs", "v1-public-openapi"])(
  "%s loads none of what the functions it describes load",
  async (name) => {
    const loaded = await loadedAtOnce(name);
    expect(loaded.filter((one) => ["jsonata", "re2js"].includes(one))).toEqual([]);
  },
);
