import { afterAll, beforeAll } from "vitest";
import { type MigratedDatabase, migratedDatabase } from "./own-migrated-database.ts";

/** What pg_cron has, as the embedded server lacks it: what is to run when, and what was run. */
export const PG_CRON = `create schema cron;
  create table cron.job (jobname text primary key, schedule text, command text);
  create function cron.schedule(text, text, text) returns bigint language sql as
    'insert into cron.job values ($1, $2, $3) returning 1::bigint';
  create table cron.job_run_details (end_time timestamptz);`;

/** What pg_net and Vault have: what is to be sent where, and secrets by name. */
export const PG_NET_AND_VAULT = `create schema net;
  create table net.requests (id bigint generated always as identity, url text, headers jsonb, body jsonb);
  create function net.http_post(url text, body jsonb default '{}', params jsonb default '{}',
    headers jsonb default '{}', timeout_milliseconds integer default 5000) returns bigint language sql as
    'insert into net.requests (url, headers, body) values ($1, $4, $2) returning id';
  create schema vault;
  create table vault.decrypted_secrets (name text primary key, decrypted_secret text);`;

/** Gives the tests of a file a database of their own, with these extensions as a hosted one has them. */
export function hostedDatabase(...extensions: string[]): () => MigratedDatabase {
  let made: MigratedDatabase | undefined;

  beforeAll(async () => {
    made = await migratedDatabase(extensions.join("\n"));
  });

  afterAll(() => made?.drop());

  return () => {
    if (made === undefined) throw new Error("the database is there when the tests begin");
    return made;
  };
}
