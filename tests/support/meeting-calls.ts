import type { FunctionCall } from "./connector-calls.ts";

/** The functions of meetings and calendars, each with what would reach a neighbour. */
export const MEETING_CALLS: Record<string, FunctionCall> = {
  busy_range: {
    text: `select app.busy_range('2026-03-28T09:00:00Z', '2026-03-28T09:30:00Z', 15, 0)
      @> '2026-03-28T08:45:00Z'::timestamptz as is_busy`,
    answer: [{ is_busy: true }],
  },
};
