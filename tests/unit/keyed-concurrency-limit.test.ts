import { afterEach, expect, test, vi } from "vitest";
import { DatabaseUnavailable } from "../../shared/db/errors.ts";
import { KeyedConcurrencyLimit } from "../../shared/db/sharing/keyed-concurrency-limit.ts";

afterEach(() => {
  vi.useRealTimers();
});

/** A work that ends when told to. */
function work() {
  let end = () => {};
  const done = new Promise<void>((resolve) => end = resolve);
  let started = false;
  const run = () => {
    started = true;
    return done;
  };
  return { run, end: () => end(), started: () => started };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

test("a key runs at most its share at once, in order; other keys do not wait", async () => {
  const shares = new KeyedConcurrencyLimit(2);
  const [first, second, third, fourth, other] = [work(), work(), work(), work(), work()];
  const all = [first, second, third, fourth].map(({ run }) => shares.run("a", run));
  const apart = shares.run("b", other.run);
  await settled();
  expect([first, second, third, fourth, other].map(({ started }) => started()))
    .toEqual([true, true, false, false, true]);
  second.end();
  await settled();
  expect([third.started(), fourth.started()]).toEqual([true, false]);
  for (const one of [first, third, fourth, other]) one.end();
  await Promise.all([...all, apart]);
  expect(fourth.started()).toBe(true);
});

test("a work that fails gives its place back", async () => {
  const shares = new KeyedConcurrencyLimit(1);
  await expect(shares.run("a", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await shares.run("a", () => Promise.resolve("next"))).toBe("next");
});

test("who waits too long is told so and takes no place", async () => {
  vi.useFakeTimers();
  const shares = new KeyedConcurrencyLimit(1);
  const [first, late, next] = [work(), work(), work()];
  const running = shares.run("a", first.run);
  const waiting = shares.run("a", late.run).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await waiting).toBeInstanceOf(DatabaseUnavailable);
  const after = shares.run("a", next.run);
  first.end();
  await running;
  next.end();
  await after;
  expect([late.started(), next.started()]).toEqual([false, true]);
});
