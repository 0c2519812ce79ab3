import pg from "pg";
import { afterAll, beforeAll } from "vitest";
import { applyMigrations } from "./migrations.ts";
import { copiedDatabase, type OwnDatabase, ownDatabase } from "./own-database.ts";
import { useDatabase } from "./workspace.ts";

/** A database of its own with all tables. */
export interface MigratedDatabase extends OwnDatabase {
  /** Connected as the owner, until the database is dropped. */
  owner: pg.Client;
}

/** Makes such a database; `before` is SQL that the migrations find done. */
export async function migratedDatabase(before = ""): Promise<MigratedDatabase> {
  const { drop, ...urls } = before === "" ? await copiedDatabase() : await ownDatabase();
  const owner = new pg.Client(urls.ownerUrl);
  await owner.connect();
  if (before !== "") {
    await owner.query(before);
    await applyMigrations(owner);
  }
  return { ...urls, owner, drop: () => owner.end().then(drop) };
}

/**
 * Gives the tests of a file a database of their own, for what no workspace keeps apart: the jobs of all
 * of them, which the shared gateway would run.
 */
export function ownMigratedDatabase(): void {
  const ends: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    const { ownerUrl, apiUrl, drop } = await migratedDatabase();
    ends.push(drop, useDatabase(ownerUrl, apiUrl));
  });

  afterAll(async () => {
    for (const end of ends.toReversed()) await end();
  });
}
