import { afterEach, expect, test, vi } from "vitest";
import { DatabaseUnavailable } from "../../shared/db/errors.ts";
import { KeyedConcurrencyLimit } from "../../shared/db/sharing/keyed-concurrency-limit.ts";
import { type Asked, Coalescer } from "../../shared/db/sharing/coalescer.ts";

afterEach(() => {
  vi.useRealTimers();
});

/** Turns whose items are answered, in upper case, when the test says so. */
function heldTurns(most: number) {
  const taken: string[][] = [];
  const ends: (() => void)[] = [];
  const answer = async (asked: readonly Asked<string, string>[]) => {
    taken.push(asked.map(({ item }) => item));
    await new Promise<void>((resolve) => ends.push(resolve));
    for (const { item, resolve } of asked) resolve(item.toUpperCase());
  };
  const turns = new Coalescer(new KeyedConcurrencyLimit(most), answer);
  return { turns, taken, endNext: () => ends.shift()?.() };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

test("what comes while a key is busy is answered together, in order, four at most", async () => {
  const { turns, taken, endNext } = heldTurns(1);
  const answers = [..."abcdefg"].map((item) => turns.run("key", item));
  await settled();
  expect(taken).toEqual([["a"]]);
  for (let turn = 0; turn < 3; turn++) {
    endNext();
    await settled();
  }
  expect(taken).toEqual([["a"], ["b", "c", "d", "e"], ["f", "g"]]);
  expect(await Promise.all(answers)).toEqual([..."ABCDEFG"]);
});

test("until half of its share is taken, and beside another's, each goes alone and at once", async () => {
  const { turns, taken } = heldTurns(4);
  for (const item of "abcde") void turns.run("key", item);
  void turns.run("other", "z");
  await settled();
  expect(taken).toEqual([["a"], ["b"], ["c", "d", "e"], ["z"]]);
});

test("those that a turn leaves unanswered are refused with why; the next ones are not", async () => {
  const broken = new Error("broken");
  let works = false;
  const turns = new Coalescer<string, string>(new KeyedConcurrencyLimit(1), async (asked) => {
    await settled();
    asked[0]?.resolve("answered");
    if (!works) throw broken;
  });
  const outcomes = await Promise.allSettled(["a", "b", "c"].map((item) => turns.run("key", item)));
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
  expect(outcomes[2]).toEqual({ status: "rejected", reason: broken });
  works = true;
  expect(await turns.run("key", "d")).toBe("answered");
});

test("who waits too long is told so, and is not answered later", async () => {
  vi.useFakeTimers();
  const { turns, taken, endNext } = heldTurns(1);
  const first = turns.run("key", "a");
  const late = turns.run("key", "b").catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await late).toBeInstanceOf(DatabaseUnavailable);
  const next = turns.run("key", "c");
  endNext();
  await first;
  await vi.advanceTimersByTimeAsync(0);
  endNext();
  expect(await next).toBe("C");
  expect(taken).toEqual([["a"], ["c"]]);
});

test("who was taken along by another is not refused when its own turn does not come", async () => {
  vi.useFakeTimers();
  const { turns, taken, endNext } = heldTurns(1);
  const first = turns.run("key", "a");
  const along = [turns.run("key", "b"), turns.run("key", "c")];
  await vi.advanceTimersByTimeAsync(9_000);
  endNext();
  await first;
  await vi.advanceTimersByTimeAsync(9_000);
  expect(taken).toEqual([["a"], ["b", "c"]]);
  endNext();
  expect(await Promise.all(along)).toEqual(["B", "C"]);
});
