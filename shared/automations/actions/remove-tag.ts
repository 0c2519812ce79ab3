import * as z from "zod";
import { tagName } from "../../crm/values/tag-names.ts";
import { sql, statement } from "../../db/sql.ts";
import { action } from "../action.ts";
import { leadOf } from "../lead-steps.ts";

/** Takes a tag off the lead, if it has that. */
export const removeTag = action({
  schema: z.strictObject({ type: z.literal("remove_tag"), tag: tagName() }),
  async take({ tag }, step) {
    await step.run([statement(sql`select id from app.remove_lead_tag(${leadOf(step)}, ${tag})`)]);
    return "done";
  },
});
