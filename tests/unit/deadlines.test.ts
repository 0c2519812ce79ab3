import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Deadlines } from "../../shared/db/sharing/deadlines.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Deadlines of 100 ms, and which works were late. */
function watching() {
  const deadlines = new Deadlines(100);
  const late: string[] = [];
  return { deadlines, late, watch: (name: string) => deadlines.watch(() => late.push(name)) };
}

test("each work is late after its own time, and only those that have not ended", () => {
  const { deadlines, late, watch } = watching();
  const first = watch("first");
  vi.advanceTimersByTime(40);
  watch("second");
  vi.advanceTimersByTime(40);
  watch("third");
  deadlines.end(first);
  vi.advanceTimersByTime(59);
  expect(late).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(late).toEqual(["second"]);
  vi.advanceTimersByTime(40);
  expect(late).toEqual(["second", "third"]);
});

test("works that end in time share one timer, and leave none behind", () => {
  const { deadlines, late, watch } = watching();
  for (let n = 0; n < 50; n++) {
    deadlines.end(watch(`${n}`));
    expect(vi.getTimerCount()).toBe(1);
  }
  vi.advanceTimersByTime(100);
  expect(vi.getTimerCount()).toBe(0);
  watch("later");
  vi.advanceTimersByTime(100);
  expect(late).toEqual(["later"]);
});
