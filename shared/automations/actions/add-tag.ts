import * as z from "zod";
import { tagName } from "../../crm/values/tag-names.ts";
import { sql } from "../../db/sql.ts";
import { action } from "../action.ts";
import { changeLead, leadOf } from "../lead-steps.ts";

/** Gives the lead a tag, which is made when new. */
export const addTag = action({
  schema: z.strictObject({ type: z.literal("add_tag"), tag: tagName() }),
  async take({ tag }, step) {
    await changeLead(step, sql`select id from app.add_lead_tag(${leadOf(step)}, ${tag})`);
    return "done";
  },
});
