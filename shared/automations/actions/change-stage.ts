import * as z from "zod";
import { sql } from "../../db/sql.ts";
import { action } from "../action.ts";
import { setOnLead } from "../lead-steps.ts";
import { recordNumber } from "../links.ts";

/** Moves the lead to a stage, also of another pipeline. */
export const changeStage = action({
  schema: z.strictObject({ type: z.literal("change_stage"), stage_id: recordNumber() }),
  links: ({ stage_id }) => [
    { field: "stage_id", record: "stage", table: "stages", number: stage_id },
  ],
  take: ({ stage_id }, step) =>
    setOnLead(
      step,
      "stage_id",
      sql`(select id::text from crm.stages where number = ${stage_id})`,
      "The stage is gone.",
    ),
});
