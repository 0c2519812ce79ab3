import * as z from "zod";
import { sql } from "../../db/sql.ts";
import { action } from "../action.ts";
import { setOnLead } from "../lead-steps.ts";
import { recordNumber } from "../links.ts";

/** Assigns the lead to a user. */
export const assignUser = action({
  schema: z.strictObject({ type: z.literal("assign_user"), user_id: recordNumber() }),
  links: ({ user_id }) => [
    { field: "user_id", record: "user", table: "users", number: user_id },
  ],
  take: ({ user_id }, step) =>
    setOnLead(
      step,
      "assigned_to",
      sql`(select id::text from crm.users where number = ${user_id})`,
      "The user is gone.",
    ),
});
