import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build, type Plugin, transform } from "esbuild";
import type { Schema } from "../../shared/openapi/schemas.ts";
import { buildConsole } from "../local/console.ts";
import { projectRoot } from "../local/paths.ts";
import { absentModules, nodeModules } from "./node-modules.ts";

const FUNCTIONS = join(projectRoot, "functions");

const TARGET = "es2023";

/** The names of all functions, in order. */
export async function functionNames(): Promise<string[]> {
  const entries = await readdir(FUNCTIONS, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name).sort();
}

/** Builds every function into one file `NAME/index.js` of `folder`: what the hosted runtime gets. */
export async function buildFunctions(folder: string): Promise<void> {
  const names = await functionNames();
  await bundle(
    folder,
    names.map((name) => [join(name, "index"), join(FUNCTIONS, name, "index.ts")]),
  );
}

/**
 * Bundles programs, each given with the name that its file in `folder` will have, less `.js`. They
 * need no package then.
 */
export async function bundle(
  folder: string,
  programs: readonly (readonly [name: string, path: string])[],
): Promise<void> {
  await build({
    entryPoints: Object.fromEntries(programs),
    outdir: folder,
    bundle: true,
    format: "esm",
    platform: "node",
    target: TARGET,
    conditions: ["deno"],
    minify: true,
    // Words of many scripts as they are, rather than six letters for each of theirs.
    charset: "utf8",
    legalComments: "none",
    logLevel: "error",
    inject: [fileURLToPath(new URL("node-globals.ts", import.meta.url))],
    plugins: [nodeModules, absentModules, madeContracts, builtConsole, ownNames],
  });
}

// The contract that an API's routes declare, instead of the routes: it is made once, here, and packed, as
// its text would be a fifth of the function.
const madeContracts: Plugin = {
  name: "contracts",
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]functions[/\\][^/\\]+[/\\]contract\.ts$/ }, async ({ path }) => {
      const { contract } = await import(pathToFileURL(path).href) as { contract: Schema };
      return { contents: `${packed(contract)} export const contract = unpack();` };
    });
  },
};

// The console's files, instead of the module that reads where they were built.
const builtConsole: Plugin = {
  name: "console",
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]dialects[/\\]console[/\\]files\.ts$/ }, async () => ({
      contents: `${packed(await buildConsole())} const read = unpack();
        export const files = () => Promise.resolve(read);`,
    }));
  },
};

/** Source that declares `unpack`, which answers the value. */
function packed(value: unknown): string {
  const text = gzipSync(JSON.stringify(value), { level: 9 }).toString("base64");
  return `import { Buffer } from "node:buffer";
    import { gunzipSync } from "node:zlib";
    const unpack = () => JSON.parse(gunzipSync(Buffer.from("${text}", "base64")).toString());`;
}

// Our own functions keep their names, which traces in the log show; those of packages do not matter.
const ownNames: Plugin = {
  name: "names",
  setup({ onLoad }) {
    onLoad({ filter: /[/\\](functions|shared)[/\\].+\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const { code } = await transform(source, { loader: "ts", keepNames: true, target: TARGET });
      return { contents: code, loader: "js" };
    });
  },
};
