import { execFile } from "node:child_process";
import { promisify } from "node:util";
import pg from "pg";
import { migrate } from "../../supabase/local/migrate.ts";
import { type Postgres, startPostgres } from "../../supabase/local/postgres.ts";
import { updateState } from "../../supabase/local/stack-state.ts";

/** Makes a data folder with all tables, of which {@link startCopy} starts copies: once a run. */
export async function makeClusterTemplate(template: string): Promise<void> {
  const postgres = await startPostgres({ dataDir: template });
  await migrate(postgres.adminUrl).then(() => prepare(postgres.adminUrl))
    .finally(() => postgres.stop());
  // No copy is to ask for the port of another.
  await updateState(template, { port: undefined, databaseUrl: undefined });
}

async function prepare(url: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    // It saves data from the machine's end alone: whoever kills PostgreSQL finds all that it has committed.
    await client.query("alter system set fsync = off");
    // What is done for all workspaces once a night would, amid a run, change what a test compares.
    await client.query(
      `update crm.schedules set next_at = next_at + interval '1 day'
        where seconds >= 86400 and next_at > now()`,
    );
  } finally {
    await client.end();
  }
}

/** Starts a PostgreSQL with all tables on an empty data folder. */
export async function startCopy(template: string, dataDir: string): Promise<Postgres> {
  // The server's files belong to its account, which only cp keeps.
  await promisify(execFile)("cp", ["-a", `${template}/.`, dataDir]);
  return await startPostgres({ dataDir });
}
