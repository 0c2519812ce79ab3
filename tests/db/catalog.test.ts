import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, inject, test } from "vitest";
import { session } from "../support/as-role.ts";
import { catalogProblems, GRANTS } from "../support/catalog.ts";
import { API_GRANTS } from "../support/grants.ts";
import { asOwner } from "../support/workspace.ts";

const PROJECT = fileURLToPath(new URL("../..", import.meta.url));

test("every table, key, policy and function keeps the rules of isolation", async () => {
  expect(await catalogProblems(await session(inject("adminUrl")))).toEqual([]);
});

test("the API's role has exactly these grants", async () => {
  const rows = await asOwner<{ object: string; privileges: string }>(GRANTS);
  expect(Object.fromEntries(rows.map(({ object, privileges }) => [object, privileges])))
    .toEqual(API_GRANTS);
});

test("the generated types are those of the migrated tables", async () => {
  const env = { ...process.env, DATABASE_URL: inject("adminUrl") };
  const verify = ["run", "--silent", "types", "--", "--verify"];
  const { stdout } = await promisify(execFile)("npm", verify, { cwd: PROJECT, env });
  expect(stdout).toContain("up-to-date");
});
