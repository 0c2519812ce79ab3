import { randomUUID } from "node:crypto";
import { afterEach, expect, inject, test, vi } from "vitest";
import { DatabaseUnavailable } from "../../shared/db/errors.ts";
import { Pool } from "../../shared/db/pool.ts";
import { afterwards, asOwner, eventually } from "../support/workspace.ts";

afterEach(() => void vi.useRealTimers());

/** A pool, and the number of its sessions in PostgreSQL. */
function pool(size: number) {
  const name = `pool-${randomUUID()}`;
  const url = new URL(inject("apiUrl"));
  url.searchParams.set("application_name", name);
  const lending = new Pool({ url: url.href, size });
  afterwards(() => lending.close());
  const sessions = async () =>
    (await asOwner("select from pg_stat_activity where application_name = $1", [name])).length;
  return { lending, sessions };
}

// What talks to PostgreSQL keeps its time; only the pool's is made to pass.
const passTime = () => vi.useFakeTimers({ toFake: ["setTimeout"] });

test("connections are lent again rather than opened, at most as many as the size", async () => {
  const { lending, sessions } = pool(2);
  const [a, b] = [await lending.take(), await lending.take()];
  const third = lending.take();
  lending.give(a, true);
  expect(await third).toBe(a);
  lending.give(b, true);
  expect(await lending.take()).toBe(b);
  expect(await sessions()).toBe(2);
});

test("one that is given back broken is closed, and who waits gets a new one", async () => {
  const { lending, sessions } = pool(1);
  const broken = await lending.take();
  const waiting = lending.take();
  lending.give(broken, false);
  const fresh = await waiting;
  expect(fresh).not.toBe(broken);
  expect((await fresh.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
  expect(await eventually(async () => await sessions() === 1)).toBe(true);
});

test("who waits for longer than 5 s is told so, and gets none later", async () => {
  const { lending } = pool(1);
  const lent = await lending.take();
  passTime();
  const late = lending.take().catch((error: unknown) => error);
  vi.advanceTimersByTime(5_000);
  expect(await late).toBeInstanceOf(DatabaseUnavailable);
  lending.give(lent, true);
  expect(await lending.take()).toBe(lent);
});

test("one that nobody uses for 30 s is closed, one that is used stays", async () => {
  const { lending, sessions } = pool(2);
  const lent = [await lending.take(), await lending.take()];
  passTime();
  for (const connection of lent) lending.give(connection, true);
  vi.advanceTimersByTime(20_000);
  const used = await lending.take();
  lending.give(used, true);
  vi.advanceTimersByTime(10_000);
  vi.useRealTimers();
  expect(await eventually(async () => await sessions() === 1)).toBe(true);
  expect(await lending.take()).toBe(used);
});

test("a pool that is closed leaves no session", async () => {
  const { lending, sessions } = pool(2);
  const lent = [await lending.take(), await lending.take()];
  lending.give(lent[0]!, true);
  await lending.close();
  lending.give(lent[1]!, true);
  expect(await eventually(async () => await sessions() === 0)).toBe(true);
});
