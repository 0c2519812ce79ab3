import { dataDirectory } from "../paths.ts";
import { databaseName, readState } from "../stack-state.ts";
import { quoted, Refusal } from "./refusal.ts";

/**
 * Where the API of a database is served, ending in /functions/v1: at LUMENBASE_PUBLIC_URL, else
 * where the local stack served it last. Throws a Refusal when neither is known.
 */
export async function apiAddress(env: NodeJS.ProcessEnv, ownerUrl: string): Promise<string> {
  const given = env.LUMENBASE_PUBLIC_URL?.replace(/\/+$/, "");
  if (given) return webAddress(given);
  const { addresses = {} } = await readState(dataDirectory(env));
  const address = addresses[databaseName(ownerUrl, !env.DATABASE_URL)];
  if (address !== undefined) return address;
  throw new Refusal(
    "api",
    "It is not known where the API of this database is served: start the local stack with " +
      "`npm start`, or set LUMENBASE_PUBLIC_URL to the address of the functions, which ends in " +
      "/functions/v1.",
  );
}

function webAddress(text: string): string {
  if (/^https?:\/\/[^\s?#]+$/.test(text) && URL.canParse(text)) return text;
  throw new Refusal(
    "invalid_argument",
    `LUMENBASE_PUBLIC_URL=${quoted(text)} is not the address of the functions: write it like ` +
      "https://PROJECT.supabase.co/functions/v1.",
  );
}
