import pg from "pg";
import { describeError, Failure } from "../failure.ts";
import { checkDatabase, withClient } from "../owner-connection.ts";
import { dataDirectory } from "../paths.ts";
import { readState } from "../stack-state.ts";
import type { Database } from "./database.ts";
import { Refusal } from "./refusal.ts";

/** Runs `use` on the database of DATABASE_URL, or else of the running local stack, as its owner. */
export async function withOwnerDatabase<T>(
  env: NodeJS.ProcessEnv,
  use: (database: Database, ownerUrl: string) => Promise<T>,
): Promise<T> {
  const given = env.DATABASE_URL || undefined;
  let connected = false;
  try {
    if (given) await checkDatabase(given);
    const url = given ?? await localStackUrl(env);
    return await withClient(url, async (client) => {
      connected = true;
      await checkOwner(client);
      return await use(client, url);
    });
  } catch (error) {
    if (error instanceof Refusal) throw error;
    if (error instanceof Failure) throw new Refusal("database", error.message);
    if (!connected && !given) throw notRunning();
    throw explained(error);
  }
}

async function localStackUrl(env: NodeJS.ProcessEnv): Promise<string> {
  const { databaseUrl } = await readState(dataDirectory(env));
  if (databaseUrl) return databaseUrl;
  throw notRunning();
}

function notRunning(): Refusal {
  return new Refusal(
    "database",
    "No database to work on: start the local one with `npm start`, or set DATABASE_URL to the " +
      "owner's connection URL of another.",
  );
}

/** Another role would see empty lists, because of row-level security. */
async function checkOwner(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ owner: string; allowed: boolean; user: string }>(
    `select relowner::regrole::text as owner, pg_has_role(relowner, 'usage') as allowed,
       current_user as user
     from pg_class where oid = to_regclass('crm.api_keys')`,
  );
  const found = rows[0];
  if (found?.allowed) return;
  throw new Refusal(
    "database",
    found
      ? `The database user ${found.user} may not administer keys: connect as ${found.owner}, who ` +
        "owns the tables."
      : "The database has no Lumenbase tables yet: apply the migrations with `npm start` or " +
        "`npx supabase db push`.",
  );
}

function explained(error: unknown): unknown {
  const system = (error as { code?: unknown } | null)?.code;
  if (!(error instanceof pg.DatabaseError) && typeof system !== "string") return error;
  const { message } = error as Error;
  return new Refusal(
    "database",
    `The database did not do it (${
      message || describeError(error)
    }): put that right and try again.`,
  );
}
