import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { buildFunctions, bundle } from "../../supabase/deploy/build.ts";

let made: Promise<string> | undefined;

/** The folder of every function as it is deployed, and of the programs to compare, built alike. */
export function builtFolder(): Promise<string> {
  return made ??= build();
}

/** The URL of a function, as it is deployed. */
export async function builtFunction(name: string): Promise<URL> {
  return pathToFileURL(join(await builtFolder(), name, "index.js"));
}

/** The URL of a program to compare with the functions. */
export async function builtProgram(name: "hello" | "naive"): Promise<URL> {
  return pathToFileURL(join(await builtFolder(), `${name}.js`));
}

async function build(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "lumenbase-built-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const program = (name: string) =>
    [name, fileURLToPath(new URL(`${name}.ts`, import.meta.url))] as const;
  await buildFunctions(folder);
  await bundle(folder, [program("hello"), program("naive")]);
  return folder;
}
