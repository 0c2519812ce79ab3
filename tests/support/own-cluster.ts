import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, inject } from "vitest";
import { apiLogin } from "../../supabase/local/migrate.ts";
import { startCopy } from "./cluster-template.ts";
import { asOwner, useDatabase } from "./workspace.ts";

/**
 * Gives the tests of a file a PostgreSQL of their own: what a plan costs depends on the statistics of
 * a table, in which the rows of all other tests would count.
 */
export function ownCluster(): void {
  const ends: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    const dataDir = await mkdtemp(join(tmpdir(), "lumenbase-own-"));
    ends.push(() => rm(dataDir, { recursive: true, force: true }));
    const postgres = await startCopy(inject("clusterTemplate"), dataDir);
    ends.push(() => postgres.stop());
    const leave = useDatabase(postgres.adminUrl, await apiLogin(postgres.adminUrl));
    ends.push(leave);
    // Statistics are those that a test takes, at whatever moment it takes them.
    await asOwner("alter system set autovacuum = off");
    await asOwner("select pg_reload_conf()");
  });

  afterAll(async () => {
    for (const end of ends.toReversed()) await end();
  });
}
