import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { projectRoot } from "../../supabase/local/paths.ts";
import { ownCluster } from "../support/own-cluster.ts";
import { asOwner, databaseUrl } from "../support/workspace.ts";

ownCluster();

const CLI = join(
  createRequire(import.meta.url).resolve("supabase/package.json"),
  "../dist/supabase.js",
);
const WANTED = ["--level=warn", "--fail-on=none", "--output-format=json"];

/** The names of what Supabase's advisors warn of. */
async function warnings(): Promise<string[]> {
  const remote = `--remote=${databaseUrl("adminUrl")}`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [CLI, "db", "advisors", remote, ...WANTED],
    { cwd: projectRoot, env: { ...process.env, DO_NOT_TRACK: "1" } },
  );
  const { results } = JSON.parse(stdout) as { results: { name: string }[] };
  return results.map(({ name }) => name);
}

test("Supabase's advisors warn of nothing", async () => {
  // Roles of a hosted database, by which the advisors judge what is exposed.
  for (const role of ["anon", "authenticated", "service_role"]) {
    await asOwner(`create role ${role} nologin`);
  }
  expect(await warnings()).toEqual([]);

  await asOwner("create function app.loose() returns int language sql as 'select 1'");
  expect(await warnings()).toEqual(["function_search_path_mutable"]);
});
