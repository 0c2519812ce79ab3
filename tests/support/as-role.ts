import { randomUUID } from "node:crypto";
import pg from "pg";
import { type Claims, Database } from "../../shared/db/database.ts";
import type { Rows, Statement } from "../../shared/db/wire/pipeline.ts";
import { Pool } from "../../shared/db/wire/pool.ts";
import { afterwards, asOwner, databaseUrl, eventually } from "./workspace.ts";

/** The Database as the functions have it; closed when the test is over. */
export function apiDatabase({ size = 4, url = databaseUrl("apiUrl") } = {}): Database {
  const database = new Database(new Pool({ url, size }));
  afterwards(() => database.close());
  return database;
}

/** The claims of a request of a workspace. */
export function claimsOf(workspaceId: string): Claims {
  const [sub, request_id] = [randomUUID(), randomUUID()];
  return {
    workspace_id: workspaceId,
    sub,
    actor: { kind: "key", id: sub },
    scopes: ["admin"],
    request_id,
  };
}

/** The API's connection with these session settings, as if they were the role's defaults. */
export function apiUrlWith(settings: Record<string, string>): string {
  const url = new URL(databaseUrl("apiUrl"));
  const options = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
  url.searchParams.set("options", options.join(" "));
  return url.href;
}

/** A connection of its own as the owner or the API's role; closed when the test is over. */
export async function session(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  afterwards(() => client.end());
  return client;
}

/** Begins a transaction of a workspace; whoever began it ends it. */
export async function begin(client: pg.Client, workspaceId: string): Promise<void> {
  await client.query("begin");
  await client.query("select set_config('request.jwt.claims', $1, true)", [
    JSON.stringify(claimsOf(workspaceId)),
  ]);
}

/** Waits until the session waits for a lock. */
export async function untilItWaits(client: pg.Client): Promise<void> {
  const { processID } = client as pg.Client & { processID: number };
  const waiting = "select from pg_stat_activity where pid = $1 and wait_event_type = 'Lock'";
  await eventually(async () => (await asOwner(waiting, [processID])).length > 0);
}

/**
 * Starts `work` while a statement in a workspace has run and is not committed; commits it once somebody
 * waits for it.
 */
export async function besides<T>(
  workspaceId: string,
  [text, ...values]: [text: string, ...values: unknown[]],
  work: () => Promise<T>,
): Promise<T> {
  const holder = await session(databaseUrl("adminUrl"));
  const { rows: [{ pid }] } = await holder.query("select pg_backend_pid() as pid");
  await begin(holder, workspaceId);
  await holder.query(text, values);
  const working = work();
  const waiting = "select from pg_stat_activity where $1 = any (pg_blocking_pids(pid))";
  await eventually(async () => (await asOwner(waiting, [pid])).length > 0);
  await holder.query("commit");
  return await working;
}

/** Runs `work` in a transaction that is rolled back. */
export async function rolledBack<T>(
  client: pg.Client,
  work: () => Promise<T>,
): Promise<T> {
  await client.query("begin");
  try {
    return await work();
  } finally {
    await client.query("rollback");
  }
}

/** A write of one statement, undone where it is rehearsed: its rows, or the SQLSTATE it was refused with. */
export async function attempt(
  database: Database,
  claims: Claims,
  statement: Statement,
  rehearse = false,
): Promise<Rows | string> {
  try {
    return (await database.write(claims, [statement], rehearse))[0]!;
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (typeof code === "string") return code;
    throw error;
  }
}

/** Writes in two round trips: `last` makes the final statement of the first ones' rows. */
export function writeThen<T>(
  database: Database,
  claims: Claims,
  statements: readonly Statement[],
  last: (rows: Rows[]) => { statement: Statement; result: T },
): Promise<T> {
  return database.transact(claims, async (transaction) => {
    const { statement, result } = last(await transaction.run(statements));
    return { result, last: statement };
  });
}
