import { readdir, readFile } from "node:fs/promises";
import type pg from "pg";

const FOLDER = new URL("../../supabase/migrations/", import.meta.url);

/** A migration: the name of its file and its SQL. */
export interface Migration {
  name: string;
  sql: string;
}

/** All migrations, in the order in which they are applied. */
export async function migrations(): Promise<Migration[]> {
  const names = (await readdir(FOLDER)).sort();
  return await Promise.all(
    names.map(async (name) => ({ name, sql: await readFile(new URL(name, FOLDER), "utf8") })),
  );
}

/** Applies all migrations as the role that the client acts as. */
export async function applyMigrations(client: pg.Client): Promise<void> {
  for (const { sql } of await migrations()) await client.query(sql);
}
