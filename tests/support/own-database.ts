import { randomUUID } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { applyMigrations } from "./migrations.ts";

/** A database on the shared server; its owner obeys row-level security. */
export interface OwnDatabase {
  ownerUrl: string;
  /** As the functions' role, which the first migration finds in place. */
  apiUrl: string;
  drop(): Promise<void>;
}

/** The database that those with all tables are copies of, and the login that owns it and them. */
const TEMPLATE = "migrated_template";

/** Makes the database that {@link copiedDatabase} copies: once a run. */
export async function makeDatabaseTemplate(adminUrl: string): Promise<void> {
  await run(adminUrl, newLogin(TEMPLATE), `create database ${TEMPLATE} owner ${TEMPLATE}`);
  const owner = new pg.Client(at(adminUrl, TEMPLATE, TEMPLATE));
  await owner.connect();
  await applyMigrations(owner).finally(() => owner.end());
}

/** Makes a database with all tables. */
export async function copiedDatabase(): Promise<OwnDatabase> {
  const name = newName();
  await asAdmin(`create database ${name} template ${TEMPLATE} owner ${TEMPLATE}`);
  return { ...urlsOf(name, TEMPLATE), drop: () => asAdmin(`drop database ${name} with (force)`) };
}

/** Makes a database without tables, and a login that owns it. */
export async function ownDatabase(): Promise<OwnDatabase> {
  const name = newName();
  await asAdmin(newLogin(name), `create database ${name} owner ${name}`);
  return {
    ...urlsOf(name, name),
    drop: () => asAdmin(`drop database ${name} with (force)`, `drop role ${name}`),
  };
}

const newName = () => `own_${randomUUID().replaceAll("-", "")}`;

const newLogin = (name: string) =>
  `create role ${name} login password '${name}' nosuperuser nobypassrls`;

function urlsOf(database: string, owner: string): Pick<OwnDatabase, "ownerUrl" | "apiUrl"> {
  return {
    ownerUrl: at(inject("adminUrl"), database, owner),
    apiUrl: at(inject("apiUrl"), database),
  };
}

/** A server's URL with another database, and with another login where one is given. */
function at(url: string, database: string, login?: string): string {
  const changed = login === undefined ? {} : { username: login, password: login };
  return Object.assign(new URL(url), { pathname: `/${database}`, ...changed }).href;
}

function asAdmin(...statements: string[]): Promise<void> {
  return run(inject("adminUrl"), ...statements);
}

async function run(adminUrl: string, ...statements: string[]): Promise<void> {
  const admin = new pg.Client(adminUrl);
  await admin.connect();
  try {
    for (const statement of statements) await admin.query(statement);
  } finally {
    await admin.end();
  }
}
