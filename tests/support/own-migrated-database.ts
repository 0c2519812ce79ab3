import pg from "pg";
import { afterAll, beforeAll } from "vitest";
import { applyMigrations } from "./migrations.ts";
import { ownDatabase } from "./own-database.ts";
import { useDatabase } from "./workspace.ts";

/**
 * Gives the tests of a file a database of their own, for what no workspace keeps apart: the jobs of all
 * of them, which the shared gateway would run.
 */
export function ownMigratedDatabase(): void {
  const ends: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    const { ownerUrl, apiUrl, drop } = await ownDatabase();
    ends.push(drop);
    const owner = new pg.Client(ownerUrl);
    await owner.connect();
    await applyMigrations(owner).finally(() => owner.end());
    ends.push(useDatabase(ownerUrl, apiUrl));
  });

  afterAll(async () => {
    for (const end of ends.toReversed()) await end();
  });
}
