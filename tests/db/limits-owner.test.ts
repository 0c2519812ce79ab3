import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { postgresRateLimiter } from "../../shared/limits/postgres.ts";
import { applyMigrations } from "../support/migrations.ts";

const NAME = `limits_${randomUUID().replaceAll("-", "")}`;
const admin = new pg.Client(inject("adminUrl"));

beforeAll(async () => {
  await admin.connect();
  await admin.query(`create role ${NAME} nosuperuser nobypassrls`);
  await admin.query(`create database ${NAME} owner ${NAME}`);
});

afterAll(async () => {
  await admin.query(`drop database if exists ${NAME} with (force)`);
  await admin.query(`drop role if exists ${NAME}`);
  await admin.end();
});

function inOwnDatabase(url: string): pg.Client {
  const own = new URL(url);
  own.pathname = `/${NAME}`;
  return new pg.Client(own.href);
}

test("counts when the tables' owner obeys row-level security", async () => {
  const owner = inOwnDatabase(inject("adminUrl"));
  await owner.connect();
  await owner.query(`set role ${NAME}`);
  await applyMigrations(owner);
  const workspaceId = randomUUID();
  const insert = "insert into crm.workspaces (id, slug, name) values ($1, 'limits', 'Limits')";
  await owner.query(insert, [workspaceId]);
  await owner.end();

  const api = inOwnDatabase(inject("apiUrl"));
  await api.connect();
  const limiter = postgresRateLimiter((text, values) => api.query(text, values));
  const used = [];
  for (let i = 0; i < 4; i++) used.push((await limiter.take(workspaceId, 100)).used);
  await api.end();

  // A minute may end in between; without the owner's policy nothing is counted at all.
  expect(used.at(-1)).toBeGreaterThan(0);
  expect(used[0]).toBe(1);
});
