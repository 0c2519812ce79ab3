import * as z from "zod";
import { leadDeals } from "../../crm/lead-deals.ts";
import { column, lookup, number } from "../../crm/views/codecs.ts";
import type { Codec } from "../../crm/views/field.ts";
import { view } from "../../crm/views/view.ts";
import { sql } from "../../db/sql.ts";
import { time } from "./codecs.ts";

type Linked = "companies" | "contacts" | "leads" | "pipelines" | "stages" | "users";

const its = (what: "number" | "name", table: Linked, from: string, schema: () => z.ZodType) =>
  lookup(
    schema,
    (of) =>
      sql`select ${sql.ref(`its.${what}`)} from ${sql.table(`crm.${table}`)} its
        where its.id = ${of(from)}`,
  );
const numberOf = (table: Linked, from: string): Codec =>
  its("number", table, from, () => z.int().nullable());
const nameOf = (table: Linked, from: string): Codec =>
  its("name", table, from, () => z.string().nullable());

/** A deal as this API names it (decisions: 13). */
export const deal = view(leadDeals, {
  id: number(),
  lead_id: numberOf("leads", "lead_id"),
  pipeline_id: numberOf("pipelines", "pipeline_id"),
  pipeline_name: nameOf("pipelines", "pipeline_id"),
  stage_id: numberOf("stages", "stage_id"),
  stage_name: nameOf("stages", "stage_id"),
  title: column(),
  value: column(),
  currency: column(),
  status: column("outcome"),
  probability: lookup(
    () => z.number().min(0).max(1),
    (of) => sql`select app.probability_of_deal(${of("id")})`,
  ),
  weighted_value: lookup(
    () => z.number(),
    (of) => sql`select app.weighted_value(${of("value")}, app.probability_of_deal(${of("id")}))`,
  ),
  expected_close_date: column(),
  priority: column(),
  description: column(),
  assigned_to: numberOf("users", "assigned_to"),
  company_id: numberOf("companies", "company_id"),
  contact_id: numberOf("contacts", "contact_id"),
  stage_changed_at: time(),
  closed_at: time(),
  created_at: time(),
  updated_at: time(),
});
