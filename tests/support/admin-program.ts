import { rm } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { projectRoot } from "../../supabase/local/paths.ts";

/** The admin CLI as one file of JavaScript, which starts in a fraction of the time. */
export interface AdminProgram {
  path: string;
  remove(): Promise<void>;
}

const REQUIRE = `import { createRequire } from "node:module";
const require = createRequire(import.meta.url);`;

/** Makes it, once a run: as deep in the checkout as its source, to which paths in it are relative. */
export async function makeAdminProgram(): Promise<AdminProgram> {
  const path = join(projectRoot, "node_modules/.lumenbase-tests", `admin-${process.pid}.mjs`);
  await build({
    entryPoints: [join(projectRoot, "supabase/local/admin.ts")],
    outfile: path,
    bundle: true,
    external: ["pg-native"],
    format: "esm",
    platform: "node",
    target: "node20",
    // Some packages are CommonJS.
    banner: { js: REQUIRE },
    logLevel: "error",
  });
  return { path, remove: () => rm(path, { force: true }) };
}
