import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { apiLogin, migrate } from "../../supabase/local/migrate.ts";
import { startPostgres } from "../../supabase/local/postgres.ts";
import { useDatabase } from "./workspace.ts";

/**
 * Gives the tests of a file a PostgreSQL of their own: what a plan costs depends on the statistics of
 * a table, in which the rows of all other tests would count.
 */
export function ownCluster(): void {
  const ends: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    const dataDir = await mkdtemp(join(tmpdir(), "lumenbase-own-"));
    ends.push(() => rm(dataDir, { recursive: true, force: true }));
    const postgres = await startPostgres({ dataDir });
    ends.push(() => postgres.stop());
    await migrate(postgres.adminUrl);
    const leave = useDatabase(postgres.adminUrl, await apiLogin(postgres.adminUrl));
    ends.push(leave);
  });

  afterAll(async () => {
    for (const end of ends.toReversed()) await end();
  });
}
