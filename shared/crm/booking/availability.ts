import { type Sql, sql } from "../../db/sql.ts";
import type { BookingProfile } from "./profile.ts";
import type { SlotRules, Span } from "./slots.ts";

/** What slots are asked for. */
export interface AskedSlots {
  /** Minutes. */
  duration: number;
  /** When they start. */
  within: Span;
}

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;

/** The part of what is asked that can be booked by now: not too soon, nor too far ahead. */
export function bookablePart(
  { min_notice_minutes, max_days_ahead }: BookingProfile,
  { duration, within }: AskedSlots,
  now: number,
): AskedSlots {
  const start = Math.max(within.start, now + min_notice_minutes * MINUTE);
  const end = Math.min(within.end, now + max_days_ahead * DAY + 1);
  return { duration, within: { start, end: Math.max(start, end) } };
}

/** The time that matters to the slots asked for: with what has to be free before and after. */
export function reachOf(rules: SlotRules, { duration, within }: AskedSlots): Span {
  return {
    start: within.start - rules.buffer_before * MINUTE,
    end: within.end + (duration + rules.buffer_after) * MINUTE,
  };
}

/** The query of when a user is busy around the slots asked for: a row of `start` and `end` for each time. */
export function busyTimes(user: string, rules: SlotRules, asked: AskedSlots): Sql {
  const { start, end } = reachOf(rules, asked);
  const [from, until] = [new Date(start).toISOString(), new Date(end).toISOString()];
  return sql`select floor(extract(epoch from lower(its)) * 1000)::float8 as start,
      ceil(extract(epoch from upper(its)) * 1000)::float8 as "end"
    from app.busy_times(${user}, ${from}, ${until}) its`;
}
