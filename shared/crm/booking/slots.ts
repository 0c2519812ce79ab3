import { dayAfter, dayAt, instantOf, weekdayOf } from "./local-time.ts";
import { minuteOf, WEEKDAYS, type WorkingHours } from "./working-hours.ts";

/** A stretch of time in Unix milliseconds; its end is not in it. */
export interface Span {
  start: number;
  end: number;
}

/** What slots are cut by. */
export interface SlotRules {
  timezone: string;
  working_hours: WorkingHours;
  /** Minutes from the start of a slot to that of the next; null: the duration. */
  slot_interval: number | null;
  /** Minutes that have to be free before and after. */
  buffer_before: number;
  buffer_after: number;
}

const MINUTE = 60_000;

/**
 * The free slots of a duration (minutes) that start within a span, in order: within the working hours of each
 * local day, from their start on, and with their buffers clear of what is busy.
 */
export function freeSlots(
  rules: SlotRules,
  duration: number,
  within: Span,
  busy: readonly Span[],
): Span[] {
  const isFree = sweep(apart(busy));
  return grid(rules, duration, within).filter(({ start, end }) =>
    isFree({ start: start - rules.buffer_before * MINUTE, end: end + rules.buffer_after * MINUTE })
  );
}

/** Every slot that starts within a span, free or not, in order. */
function grid(rules: SlotRules, duration: number, within: Span): Span[] {
  const step = (rules.slot_interval ?? duration) * MINUTE;
  const length = duration * MINUTE;
  const starts = new Set<number>();
  for (const { start: opening, end: closing } of openings(rules, within)) {
    const skipped = Math.max(0, Math.ceil((within.start - opening) / step));
    const last = Math.min(closing - length, within.end - 1);
    for (let start = opening + skipped * step; start <= last; start += step) starts.add(start);
  }
  return [...starts].sort((one, other) => one - other)
    .map((start) => ({ start, end: start + length }));
}

/** The working hours of the days that may have a part in a span, as spans themselves. */
function* openings({ timezone, working_hours }: SlotRules, within: Span): Generator<Span> {
  if (within.start >= within.end) return;
  // Where clocks are set back over midnight, a day goes on after the next one began.
  const last = dayAfter(dayAt(within.end, timezone), 1);
  let day = dayAfter(dayAt(within.start, timezone), -1);
  for (; day <= last; day = dayAfter(day, 1)) {
    const weekday = WEEKDAYS[weekdayOf(day)];
    for (const [from, to] of weekday === undefined ? [] : working_hours[weekday]) {
      yield {
        start: instantOf(day, minuteOf(from), timezone, "start"),
        end: instantOf(day, minuteOf(to), timezone, "end"),
      };
    }
  }
}

/** Spans in order, with those that overlap as one. */
function apart(spans: readonly Span[]): Span[] {
  const all: Span[] = [];
  for (const { start, end } of [...spans].sort((one, other) => one.start - other.start)) {
    const last = all.at(-1);
    if (last === undefined || start > last.end) all.push({ start, end });
    else last.end = Math.max(last.end, end);
  }
  return all;
}

/** Tells whether a span is clear of all of some that are apart; asked in the order of their starts. */
function sweep(busy: readonly Span[]): (span: Span) => boolean {
  let next = 0;
  return ({ start, end }) => {
    while ((busy[next]?.end ?? Infinity) <= start) next++;
    return (busy[next]?.start ?? Infinity) >= end;
  };
}
