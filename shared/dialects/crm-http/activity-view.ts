import { loggedActivities } from "../../crm/logged.ts";
import { column } from "../../crm/views/codecs.ts";
import { view } from "../../crm/views/view.ts";

/** An activity as this API names it (decisions C8). */
export const activity = view(loggedActivities, {
  id: column(),
  type: column(),
  subject: column("title"),
  body: column("description"),
  occurredAt: column("timestamp"),
  leadId: column("deal_id"),
  companyId: column("company_id"),
  contactId: column("contact_id"),
  createdAt: column("created_at"),
});
