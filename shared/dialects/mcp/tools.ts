import { lazy } from "../../memory/lazy.ts";
import { findPeople } from "./find-people.ts";
import { listOverdue } from "./list-overdue.ts";
import { logActivity } from "./log-activity.ts";
import { moveDeal } from "./move-deal.ts";
import { personHistory } from "./person-history.ts";
import type { Tool } from "./tool.ts";
import { whyLeadMissing } from "./why-lead-missing.ts";

/** Every tool, in the order in which they are listed. */
export const tools = lazy(
  (): readonly Tool[] => [
    findPeople,
    personHistory,
    logActivity,
    moveDeal,
    listOverdue,
    whyLeadMissing,
  ],
);
