import { randomInt } from "node:crypto";
import { afterEach, expect, inject, test, vi } from "vitest";
import { send } from "../../shared/db/wire/pipeline.ts";
import { Pool } from "../../shared/db/wire/pool.ts";
import { session } from "../support/as-role.ts";
import { afterwards } from "../support/workspace.ts";

afterEach(() => {
  // The timer that all connections share would else never ring again.
  vi.runOnlyPendingTimers();
  vi.useRealTimers();
});

/** A statement that goes on until it is told to, sent behind one that was answered after 10 s. */
async function behindSlow() {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const pool = new Pool({ url: inject("apiUrl"), size: 1 });
  afterwards(() => pool.close());
  const connection = await pool.take();
  const owner = await session(inject("adminUrl"));
  const locks = [randomInt(2 ** 31), randomInt(2 ** 31)];
  for (const lock of locks) await owner.query("select pg_advisory_lock($1)", [lock]);
  const [first, second] = locks.map((lock) => ({
    answer: send(connection, [[{ text: "select pg_advisory_xact_lock($1)", values: [lock] }]])
      .then(() => "answered", (error: Error) => error.message),
    end: () => owner.query("select pg_advisory_unlock($1)", [lock]),
  }));
  second?.answer.finally(() => connection.release(true));
  vi.advanceTimersByTime(10_000);
  await first?.end();
  expect(await first?.answer).toBe("answered");
  return second;
}

test("what waits behind another has 15 s from that one's answer on", async () => {
  const second = await behindSlow();
  vi.advanceTimersByTime(10_000);
  await second?.end();
  expect(await second?.answer).toBe("answered");
});

test("a connection that answers nothing more is cut", async () => {
  const second = await behindSlow();
  const cut = second?.answer.then((said) => ({ said }));
  const soon = () => new Promise<null>((resolve) => setImmediate(resolve, null));
  // The time goes by in steps, for the clock may be wound up after the first of them.
  let ended: { said: string } | null | undefined = null;
  while (ended === null) {
    vi.advanceTimersByTime(1_000);
    ended = await Promise.race([cut, soon()]);
  }
  expect(ended?.said).toBe("Query read timeout");
});
