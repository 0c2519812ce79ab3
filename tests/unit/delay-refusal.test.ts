import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { delayRefusal } from "../../shared/http/delay-refusal.ts";

// A busy machine must not end a hold between two lines of a test.
beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

const soon = () => new Promise((resolve) => setImmediate(resolve));

function hold(signal = new AbortController().signal) {
  const one = { done: false, answered: Promise.resolve() };
  one.answered = delayRefusal(signal).then(() => void (one.done = true));
  return one;
}

test("a refusal is held for a quarter of a second", async () => {
  const one = hold();
  await vi.advanceTimersByTimeAsync(249);
  expect(one.done).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(one.done).toBe(true);
});

test("a thousand are held at once; one more is answered at once, until one is gone", async () => {
  const client = new AbortController();
  const first = hold(client.signal);
  const others = Array.from({ length: 999 }, () => hold());
  const oneMore = hold();
  await soon();
  expect(oneMore.done).toBe(true);
  expect([first, ...others].some(({ done }) => done)).toBe(false);

  client.abort();
  await soon();
  expect(first.done).toBe(true);
  const next = hold();
  await soon();
  expect(next.done).toBe(false);

  vi.advanceTimersByTime(250);
  await Promise.all([...others, next].map(({ answered }) => answered));
  const later = hold();
  await soon();
  expect(later.done).toBe(false);
  vi.advanceTimersByTime(250);
  await later.answered;
});

test("whoever has gone away already is not held", async () => {
  const gone = hold(AbortSignal.abort());
  await soon();
  expect(gone.done).toBe(true);
});
