import { randomUUID } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";

/** A database without tables on the shared server; its owner obeys row-level security. */
export interface OwnDatabase {
  ownerUrl: string;
  /** As the functions' role, which the first migration finds in place. */
  apiUrl: string;
  drop(): Promise<void>;
}

/** Makes such a database, and a login that owns it. */
export async function ownDatabase(): Promise<OwnDatabase> {
  const name = `own_${randomUUID().replaceAll("-", "")}`;
  await asAdmin(
    `create role ${name} login password '${name}' nosuperuser nobypassrls`,
    `create database ${name} owner ${name}`,
  );
  const at = (url: string, changes = {}) =>
    Object.assign(new URL(url), { pathname: `/${name}`, ...changes }).href;
  return {
    ownerUrl: at(inject("adminUrl"), { username: name, password: name }),
    apiUrl: at(inject("apiUrl")),
    drop: () => asAdmin(`drop database ${name} with (force)`, `drop role ${name}`),
  };
}

async function asAdmin(...statements: string[]): Promise<void> {
  const admin = new pg.Client(inject("adminUrl"));
  await admin.connect();
  try {
    for (const statement of statements) await admin.query(statement);
  } finally {
    await admin.end();
  }
}
