import { createHash } from "node:crypto";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build, type BuildOptions, context } from "esbuild";
import { projectRoot } from "./paths.ts";

const FOLDER = join(projectRoot, "node_modules/.cache/lumenbase-console");

/** The console's files, by their names. */
export interface ConsoleFiles {
  "console.js": string;
  "console.css": string;
}

const options = {
  entryPoints: ["main.tsx", "style.css"].map((file) => ({
    in: join(projectRoot, "shared/console", file),
    out: "console",
  })),
  outdir: FOLDER,
  bundle: true,
  format: "esm",
  platform: "browser",
  target: ["chrome120", "firefox121", "safari17.4"],
  jsx: "automatic",
  jsxImportSource: "preact",
  minify: true,
  charset: "utf8",
  legalComments: "none",
  logLevel: "error",
  write: false,
} satisfies BuildOptions;

/** Bundles the console for browsers. Throws when a source does not compile. */
export async function buildConsole(): Promise<ConsoleFiles> {
  return named((await build(options)).outputFiles);
}

let written: Promise<string> | undefined;

/** Builds the console into a file that the local function reads, once a process; answers its path. */
export function writeConsole(): Promise<string> {
  return written ??= buildConsole().then(keep);
}

/**
 * Builds the console into one file, and again after each change of its sources, until it is stopped; a source
 * that does not compile is reported, and the last one that did is kept.
 */
export async function watchConsole(): Promise<{ path: string; stop(): Promise<void> }> {
  const path = join(FOLDER, "watched.json");
  const built = await context({
    ...options,
    plugins: [{
      name: "console file",
      setup({ onEnd }) {
        onEnd(async ({ outputFiles = [], errors }) => {
          if (errors.length === 0) await replace(path, JSON.stringify(named(outputFiles)));
        });
      },
    }],
  });
  await built.rebuild();
  await built.watch();
  return { path, stop: () => built.dispose() };
}

function named(files: readonly { path: string; text: string }[]): ConsoleFiles {
  const textOf = (name: string) => files.find(({ path }) => path.endsWith(name))?.text ?? "";
  return { "console.js": textOf("console.js"), "console.css": textOf("console.css") };
}

// Named by what is in it: gateways that start at once write the same file, each as a whole.
async function keep(files: ConsoleFiles): Promise<string> {
  const text = JSON.stringify(files);
  const name = createHash("sha256").update(text).digest("hex").slice(0, 16);
  return await replace(join(FOLDER, `${name}.json`), text);
}

async function replace(path: string, text: string): Promise<string> {
  await mkdir(FOLDER, { recursive: true });
  const draft = `${path}.${process.pid}.${performance.now()}`;
  await writeFile(draft, text);
  await rename(draft, path);
  return path;
}
