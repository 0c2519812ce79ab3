import * as z from "zod";
import { companyMemberships } from "../../crm/company-memberships.ts";
import { column, lookup } from "../../crm/views/codecs.ts";
import { view } from "../../crm/views/view.ts";
import { sql } from "../../db/sql.ts";

/** A membership as this API names it (decisions C4). */
export const membership = view(companyMemberships, {
  id: column(),
  contactId: column("contact_id"),
  companyId: column("company_id"),
  companyName: lookup(
    () => z.string(),
    (of) => sql`select name from crm.companies where id = ${of("company_id")}`,
  ),
  role: column(),
  isPrimary: column("is_primary"),
  startedAt: column("started_at"),
  endedAt: column("ended_at"),
  createdAt: column("created_at"),
  updatedAt: column("updated_at"),
});
