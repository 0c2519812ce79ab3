import * as z from "zod";
import { PRIORITIES } from "../../crm/tasks.ts";
import { label, optional, text } from "../../crm/values/fields.ts";
import { sql, statement } from "../../db/sql.ts";
import { action, Impossible } from "../action.ts";
import { leadOf } from "../lead-steps.ts";
import { recordNumber } from "../links.ts";
import { filled, oneLine } from "../templates.ts";

const LONGEST_TITLE = 500;
const LONGEST_DESCRIPTION = 20_000;
const DAYS = "Must be a whole number from 0 to 365";

/** Makes a task of the lead's contact. */
export const createTask = action({
  schema: z.strictObject({
    type: z.literal("create_task"),
    title: label(LONGEST_TITLE),
    description: optional(text(LONGEST_DESCRIPTION)),
    priority: optional(z.enum(PRIORITIES, `Must be one of ${PRIORITIES.join(", ")}`)),
    due_in_days: optional(z.int(DAYS).min(0, DAYS).max(365, DAYS)),
    assigned_user_id: optional(recordNumber()),
  }),
  links: ({ assigned_user_id }) =>
    typeof assigned_user_id === "number"
      ? [{ field: "assigned_user_id", record: "user", table: "users", number: assigned_user_id }]
      : [],
  async take({ title, description, priority, due_in_days, assigned_user_id }, step) {
    const lead = leadOf(step);
    const said = oneLine(filled(title, step.lead)).slice(0, LONGEST_TITLE);
    if (said === "") throw new Impossible("The title is empty once it is filled in.");
    const more = description ? filled(description, step.lead).slice(0, LONGEST_DESCRIPTION) : null;
    const user = assigned_user_id ?? null;
    const [made = []] = await step.run([statement(sql`
      insert into crm.tasks (title, description, priority, due_date, assigned_to, contact_id)
      select ${said}, ${more}, ${priority ?? "medium"}, app.utc_today() + ${
      due_in_days ?? null
    }::integer,
        u.id, l.contact_id
      from crm.leads l left join crm.users u on u.number = ${user}
      where l.id = ${lead} and (${user}::bigint is null or u.id is not null)
      returning id`)]);
    if (made.length === 0) throw new Impossible("The lead or the user is gone.");
    return "done";
  },
});
