import * as z from "zod";
import { contactRelations } from "../../crm/contact-relations.ts";
import { column, lookup } from "../../crm/views/codecs.ts";
import { view } from "../../crm/views/view.ts";
import { sql } from "../../db/sql.ts";

/** A contact as this API names it (decisions C3). */
export const contact = view(contactRelations, {
  id: column(),
  firstName: column("first_name"),
  lastName: column("last_name"),
  fullName: lookup(
    () => z.string().nullable(),
    (of) =>
      sql`select coalesce(nullif(concat_ws(' ', ${of("first_name")}, ${of("last_name")}), ''),
        ${of("email")})`,
  ),
  email: column(),
  phone: column(),
  title: column(),
  source: column(),
  companyId: column("company_id"),
  unsubscribed: column(),
  createdAt: column("created_at"),
  updatedAt: column("updated_at"),
});
