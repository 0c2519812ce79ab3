import type pg from "pg";
import { beforeEach, expect, test } from "vitest";
import { runSchedules } from "../../shared/jobs/schedules.ts";
import { apiDatabase, session } from "../support/as-role.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";
import { asOwner, databaseUrl } from "../support/workspace.ts";

ownMigratedDatabase();

beforeEach(async () => {
  await asOwner("drop table if exists crm.called");
  await asOwner("create table crm.called (at timestamptz not null default clock_timestamp())");
  await asOwner(`create or replace function app.note_called() returns void language sql
    as 'insert into crm.called default values'`);
  await asOwner("delete from crm.schedules");
});

/** Schedules a function, due so many seconds ago. */
async function schedule(name: string, called: string, seconds = 60, ago = 0): Promise<void> {
  await asOwner(
    `insert into crm.schedules (name, function, seconds, next_at)
      values ($1, $2, $3, now() - make_interval(secs => $4))`,
    [name, called, seconds, ago],
  );
}

const calls = async () =>
  (await asOwner<{ count: number }>("select count(*)::int as count from crm.called"))[0]!.count;
const untilNext = async (name: string) =>
  (await asOwner<{ seconds: number }>(
    `select extract(epoch from next_at - now())::int as seconds from crm.schedules where name = $1`,
    [name],
  ))[0]!.seconds;
const run = async (database = apiDatabase()) => {
  const failed: [string, string][] = [];
  await runSchedules(database, (...told) => void failed.push(told));
  return failed;
};

test("what is due is called once, by however many, and again when its time has come", async () => {
  await schedule("often", "app.note_called()", 600);
  const database = apiDatabase({ size: 8 });
  await Promise.all(Array.from({ length: 8 }, () => run(database)));
  expect(await calls()).toBe(1);
  expect(await untilNext("often")).toBeGreaterThan(500);
  await asOwner("update crm.schedules set next_at = now()");
  expect(await run(database)).toEqual([]);
  expect(await calls()).toBe(2);
});

test("what fails is told, undone and tried again soon, and keeps nothing else from its turn", async () => {
  await asOwner(`create or replace function app.fail_call() returns void language plpgsql
    as 'begin perform app.note_called(); perform 1 / 0; end'`);
  await schedule("fails", "app.fail_call()", 86_400, 60);
  await schedule("often", "app.note_called()");
  expect(await run()).toEqual([["fails", "22012"]]);
  expect(await calls()).toBe(1);
  const times = async () =>
    (await asOwner<{ next: string; retry: boolean }>(
      `select next_at::text as next, retry_at < now() + interval '10 minutes' as retry
        from crm.schedules where name = 'fails'`,
    ))[0];
  const next = await times();
  expect(next?.retry).toBe(true);
  expect(await untilNext("fails")).toBeGreaterThan(50_000);
  expect(await run()).toEqual([]);
  await asOwner("update crm.schedules set retry_at = now() where name = 'fails'");
  expect(await run()).toEqual([["fails", "22012"]]);
  expect(await times()).toEqual(next);
  await asOwner(`create or replace function app.fail_call() returns void language sql as ''`);
  await asOwner("update crm.schedules set retry_at = now() where name = 'fails'");
  expect(await run()).toEqual([]);
  expect(await times()).toEqual({ next: next?.next, retry: null });
});

test("what was overdue for days is called once, and keeps its hour", async () => {
  await schedule("daily", "app.note_called()", 86_400, 2.5 * 86_400);
  const nextAt = "select next_at from crm.schedules";
  const [before] = await asOwner<{ next_at: Date }>(nextAt);
  expect(await run()).toEqual([]);
  expect(await calls()).toBe(1);
  const [after] = await asOwner<{ next_at: Date }>(nextAt);
  expect(Number(after?.next_at) - Number(before?.next_at)).toBe(3 * 86_400_000);
});

test("one that somebody is at is left to them, and what does not exist is left out", async () => {
  await schedule("often", "app.note_called()");
  await schedule("not made yet", "app.find_nothing()", 600);
  const other = await session(databaseUrl("adminUrl"));
  await other.query("begin");
  await other.query("select from crm.schedules where name = 'often' for update");
  expect(await run()).toEqual([]);
  expect(await calls()).toBe(0);
  expect(await untilNext("not made yet")).toBeGreaterThan(500);
  await other.query("rollback");
  await run();
  expect(await calls()).toBe(1);
});

test("the API's role can neither read nor change what is called", async () => {
  const api: pg.Client = await session(databaseUrl("apiUrl"));
  for (
    const text of [
      "select from crm.schedules",
      "insert into crm.schedules values ('mine', 'app.note_called()', 1)",
      "update crm.schedules set function = 'app.note_called()'",
    ]
  ) await expect(api.query(text)).rejects.toMatchObject({ code: "42501" });
});
