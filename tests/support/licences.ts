import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { projectRoot } from "../../supabase/local/paths.ts";

/** Where the list is kept. */
export const LICENCES: string = join(projectRoot, "tests/faults/licences.md");

const locked = z.object({
  version: z.string(),
  integrity: z.string().optional(),
  license: z.string().optional(),
  resolved: z.string().optional(),
  link: z.boolean().optional(),
  dev: z.boolean().default(false),
  optional: z.boolean().default(false),
  os: z.array(z.string()).optional(),
  cpu: z.array(z.string()).optional(),
});
const lockFile = z.object({ packages: z.record(z.string(), z.unknown()) });
const manifest = z.object({
  version: z.string().transform((version) => version.replace(/^v/, "")),
  license: z.string().optional(),
  licenses: z.array(z.object({ type: z.string() })).optional(),
});

/** A package as the lock file pins it. */
export interface LockedPackage extends z.infer<typeof locked> {
  /** Below the project, as in `node_modules/hono`. */
  path: string;
  name: string;
}

/** Every package of the lock file, the project itself left out. */
export async function lockedPackages(): Promise<LockedPackage[]> {
  const text = await readFile(join(projectRoot, "package-lock.json"), "utf8");
  const { packages } = lockFile.parse(JSON.parse(text));
  const paths = Object.keys(packages).filter((path) => path !== "");
  return paths.map((path) => {
    const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
    return Object.assign(locked.parse(packages[path]), { path, name });
  });
}

/** Whether a package is the build of another one for some computers, not installed on the rest. */
export function isBuild({ optional, os, cpu }: LockedPackage): boolean {
  return optional && (os !== undefined || cpu !== undefined);
}

/** What an installed package says of itself. */
export async function installed({ path }: LockedPackage) {
  const text = await readFile(join(projectRoot, path, "package.json"), "utf8");
  const { version, license, licenses = [] } = manifest.parse(JSON.parse(text));
  return { version, licence: license ?? licenses.map(({ type }) => type).join(" OR ") };
}

/** A line of the list. */
export interface Licensed {
  name: string;
  version: string;
  licence: string;
  use: "production" | "development";
}

/** The licence of every package, in the order of their names and versions. */
export async function licensed(): Promise<Licensed[]> {
  const found = new Map<string, Licensed>();
  for (const one of (await lockedPackages()).filter((entry) => !isBuild(entry))) {
    const { name, version } = one;
    const key = `${name} ${version}`;
    const production = !one.dev || found.get(key)?.use === "production";
    const licence = one.license ?? (await installed(one)).licence;
    found.set(key, { name, version, licence, use: production ? "production" : "development" });
  }
  return [...found.entries()].sort(([a], [b]) => a < b ? -1 : 1).map(([, one]) => one);
}

/** The list as it is kept. */
export function licenceList(packages: readonly Licensed[]): string {
  const rows = packages.map(({ name, version, licence, use }) =>
    `| ${name} | ${version} | ${licence} | ${use} |`
  );
  return [
    "# Licences of the packages used",
    "",
    "Made by `npm run licences`. Builds of a package for one kind of computer are under the licence of",
    "their package and left out.",
    "",
    "| package | version | licence | used in |",
    "| --- | --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await writeFile(LICENCES, licenceList(await licensed()));
}
