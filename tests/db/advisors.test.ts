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

/** What Supabase's advisors warn of, each with the routine or table that it is about. */
async function warnings(): Promise<string[]> {
  const remote = `--remote=${databaseUrl("adminUrl")}`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [CLI, "db", "advisors", remote, ...WANTED],
    { cwd: projectRoot, env: { ...process.env, DO_NOT_TRACK: "1" } },
  );
  const { results } = JSON.parse(stdout) as {
    results: { name: string; metadata: { schema: string; name: string } }[];
  };
  return results.map(({ name, metadata }) => `${name}: ${metadata.schema}.${metadata.name}`).sort();
}

// A procedure that commits may not set its search_path (PostgreSQL: CREATE PROCEDURE). The names in it have their
// schema, and it runs as whoever calls it.
const COMMITS = "function_search_path_mutable: app.admit_request";

test("Supabase's advisors warn of nothing but a procedure that commits", async () => {
  // Roles of a hosted database, by which the advisors judge what is exposed.
  for (const role of ["anon", "authenticated", "service_role"]) {
    await asOwner(`create role ${role} nologin`);
  }
  expect(await warnings()).toEqual([COMMITS]);

  await asOwner("create function app.loose() returns int language sql as 'select 1'");
  expect(await warnings()).toEqual([COMMITS, "function_search_path_mutable: app.loose"]);
});
