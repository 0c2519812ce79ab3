import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout: the folder that holds supabase/, functions/ and node_modules/. */
export const projectRoot: string = fileURLToPath(new URL("../..", import.meta.url));

/** Where the local stack keeps its database and its state file. */
export function dataDirectory(env: NodeJS.ProcessEnv = process.env): string {
  return resolve(projectRoot, env.LUMENBASE_DATA_DIR || "supabase/.data");
}
