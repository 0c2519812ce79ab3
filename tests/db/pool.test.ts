import { randomUUID } from "node:crypto";
import { afterEach, expect, inject, test, vi } from "vitest";
import { DatabaseUnavailable } from "../../shared/db/errors.ts";
import { Pool } from "../../shared/db/wire/pool.ts";
import { afterwards, asOwner, eventually } from "../support/workspace.ts";

afterEach(() => void vi.useRealTimers());

/** A pool, and the number of its sessions in PostgreSQL. */
function pool(size: number) {
  const name = `pool-${randomUUID()}`;
  const url = new URL(inject("apiUrl"));
  url.searchParams.set("application_name", name);
  const lending = new Pool({ url: url.href, size });
  // Waits for what is lent, which a test that failed has not given back.
  afterwards(async () => void lending.close().catch(() => {}));
  const sessions = async () =>
    (await asOwner("select from pg_stat_activity where application_name = $1", [name])).length;
  return { lending, sessions };
}

// What talks to PostgreSQL keeps its time; only the pool's is made to pass.
const passTime = () => vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });

test("connections are lent again rather than opened, at most as many as the size", async () => {
  const { lending, sessions } = pool(2);
  const [a, b] = [await lending.take(), await lending.take()];
  const third = lending.take();
  a.release();
  expect(await third).toBe(a);
  b.release();
  expect(await lending.take()).toBe(b);
  expect(await sessions()).toBe(2);
});

test("one that is given back broken is closed, and who waits gets a new one", async () => {
  const { lending, sessions } = pool(1);
  const broken = await lending.take();
  const waiting = lending.take();
  broken.release(true);
  const fresh = await waiting;
  expect(fresh).not.toBe(broken);
  expect((await fresh.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
  expect(await eventually(async () => await sessions() === 1)).toBe(true);
});

test("who waits for longer than 5 s is told so, and gets none later", async () => {
  passTime();
  const { lending } = pool(1);
  const lent = await lending.take();
  const late = lending.take().catch((error: unknown) => error);
  vi.advanceTimersByTime(5_000);
  expect(await late).toBeInstanceOf(DatabaseUnavailable);
  lent.release();
  expect(await lending.take()).toBe(lent);
});

test("who finds one idle that is another's already waits no longer either", async () => {
  passTime();
  const { lending } = pool(1);
  (await lending.take()).release();
  const [first, late] = [lending.take(), lending.take().catch((error: unknown) => error)];
  const lent = await first;
  vi.advanceTimersByTime(5_000);
  expect(await late).toBeInstanceOf(DatabaseUnavailable);
  lent.release();
});

test("one that is five minutes old is closed when nobody uses it", async () => {
  passTime();
  const { lending, sessions } = pool(2);
  const [used, idle] = [await lending.take(), await lending.take()];
  idle.release();
  vi.advanceTimersByTime(300_000);
  vi.useRealTimers();
  expect(await eventually(async () => await sessions() === 1)).toBe(true);
  used.release();
  expect(await eventually(async () => await sessions() === 0)).toBe(true);
});

test("a pool that is closed leaves no session", async () => {
  const { lending, sessions } = pool(2);
  const lent = [await lending.take(), await lending.take()];
  lent[0]!.release();
  const closed = lending.close();
  lent[1]!.release();
  await closed;
  expect(await eventually(async () => await sessions() === 0)).toBe(true);
});
