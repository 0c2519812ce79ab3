import pg from "pg";
import { databaseUrl, workAt } from "./where.ts";

let owner: pg.Pool | undefined;

/** Lets the tests of this file work elsewhere. Call what it answers in the end. */
export function useDatabase(
  adminUrl: string,
  apiUrl: string,
  gateway?: string,
): () => Promise<void> {
  const shared = owner;
  owner = undefined;
  workAt({ adminUrl, apiUrl, ...(gateway === undefined ? {} : { gatewayUrl: gateway }) });
  return async () => {
    await owner?.end();
    owner = shared;
    workAt(undefined);
  };
}

/** Runs SQL as the owner of the test database. */
export async function asOwner<T extends pg.QueryResultRow>(
  text: string,
  values: unknown[] = [],
): Promise<T[]> {
  owner ??= ownerPool();
  return (await owner.query<T>(text, values)).rows;
}

/** Runs work as the database's owner in one transaction; it is given what runs a statement there. */
export async function inOwnerTransaction<T>(work: (run: typeof asOwner) => Promise<T>): Promise<T> {
  owner ??= ownerPool();
  const client = await owner.connect();
  try {
    await client.query("begin");
    const result = await work(async (text, values = []) => (await client.query(text, values)).rows);
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback");
    throw error;
  } finally {
    client.release();
  }
}

function ownerPool(): pg.Pool {
  const pool = new pg.Pool({ connectionString: databaseUrl("adminUrl"), max: 4 });
  // A cluster of one's own may end before the pool has said goodbye, which would end the process.
  pool.on("error", () => {});
  return pool;
}
