import * as z from "zod";
import { followUpCreation, followUps, ofAnyLead, ofLead } from "../../crm/lead-notes.ts";
import { dayOrInstant } from "../../crm/values/day-or-instant.ts";
import { column, lookup, number } from "../../crm/views/codecs.ts";
import { view } from "../../crm/views/view.ts";
import { sql } from "../../db/sql.ts";
import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import { lazy } from "../../memory/lazy.ts";
import { filter } from "../../operations/filters.ts";
import type { LioCaller } from "./caller.ts";
import { time } from "./codecs.ts";
import { oneNumber } from "./filters.ts";
import { id } from "./given.ts";
import { leadNumber, userNumber } from "./lead-links.ts";
import { list } from "./lists.ts";
import { create, type Records } from "./records.ts";

const STATUSES = ["Scheduled", "Rescheduled", "Completed", "Cancelled", "No Response", "Overdue"];
const texts = sql.raw(`'{${STATUSES.map((text) => `"${text}"`).join()}}'::text[]`);

const followUp = view(followUps, {
  id: number(),
  lead_id: leadNumber(),
  follow_up_date: time("follow_up_at"),
  notes: column("description"),
  status: column("follow_up_status"),
  status_text: lookup(() => z.string(), (of) => sql`select (${texts})[${of("follow_up_status")}]`),
  assigned_to: userNumber("assigned_to"),
  created_by: userNumber("user_id"),
  created_at: time(),
});

const records: Records = {
  view: followUp,
  names: { one: "follow-up", id: "FollowUp" },
  more: () => ({ lead_id: id(), follow_up_date: dayOrInstant() }),
  create: ({ columns }, { lead_id, follow_up_date }) =>
    followUpCreation(Number(lead_id), { ...columns, due_at: follow_up_date }),
};

const status = lazy(() =>
  z.string().regex(/^[1-6]$/, "Must be a whole number from 1 to 6")
    .meta({ type: "integer", minimum: 1, maximum: 6, pattern: undefined })
);

/** Follow-ups of leads (spec: Leads). */
export default router<LioCaller>("/api/lead/follow-up")
  .get(
    "/list",
    scope("read"),
    list(followUp, {
      id: "listFollowUps",
      summary: "List follow-ups",
      plural: "Follow-ups",
      filters: {
        lead_id: filter(oneNumber, ofLead),
        status: filter(
          status,
          (value) => ({ is: "equal", column: "follow_up_status", value }),
        ),
      },
      together: ({ lead_id }) => lead_id === undefined ? [ofAnyLead] : [],
      sorts: ["id", "follow_up_date", "status", "created_at"],
    }),
  )
  .post("/add", scope("write"), create(records));
