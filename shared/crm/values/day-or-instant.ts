import * as z from "zod";
import { lazy } from "../../memory/lazy.ts";
import { calendarDate } from "./fields.ts";
import { instant } from "./instant.ts";

/** A point in time, as a time with its offset or as a date, which is its midnight in UTC. */
export const dayOrInstant = lazy(() =>
  z.union(
    [calendarDate().transform((day) => `${day}T00:00:00Z`), instant()],
    "Must be a date or a time with its offset, such as 2026-01-15 or 2026-01-15T10:30:00Z",
  )
);
