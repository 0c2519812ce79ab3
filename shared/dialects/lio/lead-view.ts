import * as z from "zod";
import { uniqueLeads } from "../../crm/unique-leads.ts";
import { column, lookup, number } from "../../crm/views/codecs.ts";
import type { Codec } from "../../crm/views/field.ts";
import { view } from "../../crm/views/view.ts";
import { type Sql, sql } from "../../db/sql.ts";
import { time } from "./codecs.ts";
import { imageOf } from "./file-links.ts";

const text = () => z.string().nullable();
const link = () => z.int().nullable();

/** What a query finds for the record, by which lists are sorted through a column of the same order. */
function sortedBy(sort: string, codec: Codec): Codec {
  return (name, resource) => ({ ...codec(name, resource), shows: sort });
}

/** Of a value that is stored, what its list in `crm.lookups` says. */
function listed(
  what: "number" | "name",
  type: string,
  stored: string,
  schema: () => z.ZodType,
): Codec {
  return lookup(
    schema,
    (of) =>
      sql`select ${sql.ref(`known.${what}`)} from crm.lookups known where known.module_name = 'lead'
        and known.type = ${sql.literal(type)} and known.value = ${of(stored)}`,
  );
}

function ofLink(query: (id: Sql) => Sql, stored: string, schema: () => z.ZodType): Codec {
  return lookup(schema, (of) => query(of(stored)));
}

const user = (what: "number" | "name", schema: () => z.ZodType) =>
  ofLink(
    (id) => sql`select ${sql.ref(`its.${what}`)} from crm.users its where its.id = ${id}`,
    "assigned_to",
    schema,
  );
const company = (what: "number" | "name", schema: () => z.ZodType) =>
  ofLink(
    (id) => sql`select ${sql.ref(`its.${what}`)} from crm.companies its where its.id = ${id}`,
    "company_id",
    schema,
  );
const name = sql`coalesce(
  nullif(concat_ws(' ', "first_name", "last_name"), ''), "email", "phone", "linkedin_url", '')`;
const tag = () => z.object({ id: z.int(), name: z.string(), color_code: text() });

/** A lead as this API names it (decisions: 5). */
export const lead = view(uniqueLeads, {
  id: number(),
  first_name: column(),
  last_name: column(),
  name: () => ({
    schema: () => z.string(),
    value: name,
    needs: ["first_name", "last_name", "email", "phone", "linkedin_url"],
    shows: null,
    input: null,
  }),
  email: column(),
  phone_number: column("phone"),
  company: sortedBy("company_key", company("name", text)),
  company_id: company("number", link),
  job_title: column(),
  industry: column(),
  website: column(),
  address: column(),
  city: column(),
  state: column(),
  country: column(),
  pin_code: column(),
  status: sortedBy("status_number", listed("number", "status", "status", () => z.int())),
  status_text: listed("name", "status", "status", () => z.string()),
  priority: column(),
  priority_text: lookup(
    () => z.string(),
    (of) =>
      sql`select known.name from crm.lookups known where known.module_name = 'lead'
        and known.type = 'priority' and known.number = ${of("priority")}`,
  ),
  lead_source: listed("number", "source", "source", link),
  lead_source_text: listed("name", "source", "source", text),
  score: column("fit_intent_score"),
  estimated_value: column(),
  assigned_to: user("number", link),
  assigned_to_name: user("name", text),
  linkedin_url: column(),
  tags: lookup(
    () => z.array(tag()),
    (of) =>
      sql`select coalesce(json_agg(json_build_object(
          'id', tag.number, 'name', tag.name, 'color_code', tag.color) order by tag.name, tag.id), '[]')
        from crm.lead_tags link join crm.tags tag on tag.id = link.tag_id
        where link.lead_id = ${of("id")}`,
  ),
  custom_fields: column(),
  notes: column(),
  profile_image: imageOf("lead_id"),
  ai_information: column(),
  last_activity_at: time(),
  created_at: time(),
  updated_at: time(),
});
