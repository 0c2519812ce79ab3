import { readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { projectRoot } from "../../supabase/local/paths.ts";
import type { Line } from "./line.ts";
import { functionModule } from "./servers.ts";
import { fileURLToPath } from "node:url";

interface Esbuild {
  build(options: Record<string, unknown>): Promise<{ outputFiles: { contents: Uint8Array }[] }>;
}

/** Each function in one file with the packages it uses, neither minified nor compressed. */
export async function bundle(): Promise<Line[]> {
  const entries = await readdir(join(projectRoot, "functions"), { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const sizes = await Promise.all(names.map(async (name) => ({ name, size: await sizeOf(name) })));
  const [largest] = sizes.toSorted((a, b) => b.size - a.size);
  return [{
    name: `bundle of the largest function (${largest?.name})`,
    unit: "KB",
    sides: [{ label: "size", values: [largest?.size ?? NaN] }],
    bound: { at: "most", value: 1024 },
  }];
}

async function sizeOf(name: string): Promise<number> {
  const { outputFiles } = await esbuild().build({
    entryPoints: [fileURLToPath(functionModule(name))],
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    conditions: ["deno"],
    nodePaths: [join(projectRoot, "node_modules")],
    external: ["pg-native"],
  });
  return (outputFiles[0]?.contents.byteLength ?? NaN) / 1024;
}

// The bundler that comes with tsx, which runs this file.
function esbuild(): Esbuild {
  const beside = createRequire(import.meta.url).resolve("tsx/package.json");
  return createRequire(beside)("esbuild") as Esbuild;
}
