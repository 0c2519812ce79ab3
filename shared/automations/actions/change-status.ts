import * as z from "zod";
import { label } from "../../crm/values/fields.ts";
import { sql } from "../../db/sql.ts";
import { action } from "../action.ts";
import { setOnLead } from "../lead-steps.ts";

/** Gives the lead a status. */
export const changeStatus = action({
  schema: z.strictObject({ type: z.literal("change_status"), status: label(64) }),
  take: ({ status }, step) => setOnLead(step, "status", sql`${status}::text`, "No status."),
});
