import * as z from "zod";
import { dueTasks } from "../../crm/logged.ts";
import { column, lookup } from "../../crm/views/codecs.ts";
import { view } from "../../crm/views/view.ts";
import { sql } from "../../db/sql.ts";

/** A task as this API names it (decisions C9). */
export const task = view(dueTasks, {
  id: column(),
  title: column(),
  description: column(),
  status: column(),
  priority: column(),
  dueDate: column("due_date"),
  overdue: lookup(
    () => z.boolean(),
    (of) =>
      sql`select coalesce(not ${of("is_done")} and ${of("due_date")} < app.utc_today(), false)`,
  ),
  ownerId: column("assigned_to"),
  leadId: column("deal_id"),
  companyId: column("company_id"),
  contactId: column("contact_id"),
  createdAt: column("created_at"),
  updatedAt: column("updated_at"),
});
