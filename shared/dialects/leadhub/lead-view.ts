import * as z from "zod";
import { sql } from "../../db/sql.ts";
import { contacts } from "../../crm/contacts.ts";
import { leads } from "../../crm/leads.ts";
import { pipelines } from "../../crm/pipelines.ts";
import { stages } from "../../crm/stages.ts";
import { users } from "../../crm/users.ts";
import { column, linked, lookup, number } from "../../crm/views/codecs.ts";
import { view } from "../../crm/views/view.ts";

/** A lead as this API names it (spec: Create a Lead). */
export const lead = view(leads, {
  id: number(),
  first_name: column(),
  last_name: column(),
  email: column(),
  phone: column(),
  company: lookup(
    () => z.string().nullable(),
    (of) => sql`select name from crm.companies where id = ${of("company_id")}`,
  ),
  source: column(),
  status: column(),
  pipeline_id: linked(pipelines),
  pipeline_stage_id: linked(stages, "stage_id"),
  assigned_user_id: linked(users, "assigned_to"),
  notes: column(),
  custom_fields: column(),
  tags: lookup(
    () => z.array(z.string()),
    (of) =>
      sql`select array(select tag.name from crm.lead_tags link join crm.tags tag on tag.id = link.tag_id
        where link.lead_id = ${of("id")} order by tag.name, tag.id)`,
  ),
  starred: column(),
  lead_score: column("score"),
  contact_id: linked(contacts),
  created_at: column(),
  updated_at: column(),
});
