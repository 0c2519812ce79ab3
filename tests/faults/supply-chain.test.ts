import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { projectRoot } from "../../supabase/local/paths.ts";
import { packageProblems } from "../support/checks/packages.ts";
import {
  installed,
  isBuild,
  licenceList,
  LICENCES,
  licensed,
  lockedPackages,
} from "../support/licences.ts";
import { tell } from "./form.ts";

const PERMISSIVE = ["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MIT-0"]
  .concat("Unlicense");
const ALLOWED = { production: PERMISSIVE, development: [...PERMISSIVE, "MPL-2.0", "Python-2.0"] };

const versions = z.record(z.string(), z.string()).default({});
const wanted = z.object({ dependencies: versions, devDependencies: versions });
const lockFile = z.object({
  lockfileVersion: z.number(),
  packages: z.object({ "": wanted }),
});
async function json(name: string): Promise<unknown> {
  return JSON.parse(await readFile(join(projectRoot, name), "utf8"));
}

test("each dependency is pinned, in deno.json and the lock file as in package.json", async () => {
  expect(packageProblems(projectRoot)).toEqual([]);
  const asked = wanted.parse(await json("package.json"));
  const { lockfileVersion, packages } = lockFile.parse(await json("package-lock.json"));
  expect(lockfileVersion).toBe(3);
  expect(packages[""]).toEqual(asked);
  const locked = new Map((await lockedPackages()).map(({ path, version }) => [path, version]));
  for (
    const [name, version] of Object.entries({ ...asked.dependencies, ...asked.devDependencies })
  ) {
    expect([name, locked.get(`node_modules/${name}`)]).toEqual([name, version]);
  }
});

test("what is installed is what the lock file names, from a registry, with its hash", async () => {
  const packages = await lockedPackages();
  for (const { path, integrity, resolved, link } of packages.filter((one) => !isBuild(one))) {
    expect([path, integrity]).toEqual([path, expect.stringMatching(/^sha512-/)]);
    expect([path, link]).toEqual([path, undefined]);
    expect([path, resolved ?? "https:"]).toEqual([path, expect.stringMatching(/^https:/)]);
  }
  for (const one of packages.filter(({ optional }) => !optional)) {
    const { path, version, license } = one;
    const found = await installed(one);
    expect({ path, ...found }).toEqual({ path, version, licence: license ?? found.licence });
  }
});

test("every licence is listed and one of those allowed", async () => {
  const packages = await licensed();
  expect(packages.length).toBeGreaterThan(100);
  const others = packages.filter(({ licence, use }) => !ALLOWED[use].includes(licence));
  expect(others).toEqual([]);
  const list = await readFile(LICENCES, "utf8");
  expect(list, "run `npm run licences`").toBe(licenceList(packages));
  const production = packages.filter(({ use }) => use === "production").length;
  tell("licences", { packages: packages.length, production, "not allowed": 0 });
});
