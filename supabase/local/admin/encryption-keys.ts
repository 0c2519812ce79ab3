import { dataDirectory } from "../paths.ts";
import { databaseName, readState } from "../stack-state.ts";

/**
 * What the functions encrypt secrets with: LUMENBASE_ENCRYPTION_KEY, else what the local stack made for its
 * database; undefined where neither is known.
 */
export async function encryptionKeys(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const { LUMENBASE_ENCRYPTION_KEY: keys, DATABASE_URL: url = "" } = env;
  if (keys) return keys;
  const { encryptionKeys: made = {} } = await readState(dataDirectory(env));
  return made[databaseName(url, url === "")];
}
