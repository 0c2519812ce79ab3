import { randomInt } from "node:crypto";
import { afterEach, expect, inject, test, vi } from "vitest";
import { send } from "../../shared/db/pipeline.ts";
import { Pool } from "../../shared/db/pool.ts";
import { session } from "../support/as-role.ts";
import { afterwards } from "../support/workspace.ts";

afterEach(() => {
  // The timer that all connections share would else never ring again.
  vi.runOnlyPendingTimers();
  vi.useRealTimers();
});

/** Two statements sent to one connection, one behind the other, each until it is told to end. */
async function twoSlow() {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const pool = new Pool({ url: inject("apiUrl"), size: 1 });
  afterwards(() => pool.close());
  const connection = await pool.take();
  const owner = await session(inject("adminUrl"));
  const locks = [randomInt(2 ** 31), randomInt(2 ** 31)];
  for (const lock of locks) await owner.query("select pg_advisory_lock($1)", [lock]);
  const slow = locks.map((lock) => ({
    answer: send(connection, [[{ text: "select pg_advisory_xact_lock($1)", values: [lock] }]])
      .then(() => "answered", (error: Error) => error.message),
    end: () => owner.query("select pg_advisory_unlock($1)", [lock]),
  }));
  Promise.all(slow.map(({ answer }) => answer)).finally(() => connection.release(true));
  return slow;
}

test("what waits behind another has 15 s from that one's answer on", async () => {
  const [first, second] = await twoSlow();
  vi.advanceTimersByTime(10_000);
  await first?.end();
  expect(await first?.answer).toBe("answered");
  vi.advanceTimersByTime(10_000);
  await second?.end();
  expect(await second?.answer).toBe("answered");
});

test("a connection that answers nothing more is cut", async () => {
  const [first, second] = await twoSlow();
  vi.advanceTimersByTime(10_000);
  await first?.end();
  expect(await first?.answer).toBe("answered");
  vi.advanceTimersByTime(30_000);
  expect(await second?.answer).toBe("Query read timeout");
});
