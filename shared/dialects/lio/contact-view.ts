import * as z from "zod";
import { contactDetails, DECIDES, SENIORITIES } from "../../crm/contact-details.ts";
import { column, lookup, number } from "../../crm/views/codecs.ts";
import type { Codec } from "../../crm/views/field.ts";
import { view } from "../../crm/views/view.ts";
import { type Sql, sql } from "../../db/sql.ts";
import { time } from "./codecs.ts";
import { nameOf, numberOf, sortedBy } from "./linked-codecs.ts";

const text = () => z.string().nullable();
const tag = () => z.object({ id: z.int(), name: z.string(), color_code: text() });

const seniority = sql`coalesce(seniority, app.seniority_of(title))`;
const decides = sql`coalesce(decision_maker, app.decides(${seniority}))`;

/** A column that shows what the title tells where nothing was given. */
function orByTitle(value: Sql, needs: readonly string[], schema: () => z.ZodType): Codec {
  return (name, resource) => ({ ...column()(name, resource), schema, value, needs, shows: null });
}

/** A contact as this API names it (decisions: 10). */
export const contact = view(contactDetails, {
  id: number(),
  name: sortedBy(
    "name",
    lookup(
      () => z.string(),
      (of) =>
        sql`select app.called(${of("first_name")}, ${of("last_name")}, ${of("email")}, ${
          of("phone")
        })`,
    ),
  ),
  email: column(),
  phone_number: column("phone"),
  company_id: numberOf("companies", "company_id"),
  company_name: nameOf("companies", "company_id"),
  lead_id: lookup(
    () => z.int().nullable(),
    (of) => sql`select min(lead.number) from crm.leads lead where lead.contact_id = ${of("id")}`,
  ),
  designation: column("title"),
  seniority: orByTitle(seniority, ["seniority", "title"], () => z.enum(SENIORITIES).nullable()),
  decision_maker: orByTitle(
    decides,
    ["decision_maker", "seniority", "title"],
    () => z.enum(DECIDES),
  ),
  linkedin_url: column(),
  lead_score: column(),
  status: lookup(
    () => z.int(),
    (of) =>
      sql`select known.number from crm.lookups known where known.module_name = 'contact'
        and known.type = 'status' and known.value = ${of("status")}`,
  ),
  tags: lookup(
    () => z.array(tag()),
    (of) =>
      sql`select coalesce(json_agg(json_build_object(
          'id', tag.number, 'name', tag.name, 'color_code', tag.color) order by tag.name, tag.id), '[]')
        from crm.contact_tags link join crm.tags tag on tag.id = link.tag_id
        where link.contact_id = ${of("id")}`,
  ),
  owner_id: numberOf("users", "owner_id"),
  created_at: time(),
  updated_at: time(),
});
