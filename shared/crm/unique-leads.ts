import { stringify } from "lossless-json";
import * as z from "zod";
import { type Sql, sql } from "../db/sql.ts";
import * as column from "./column.ts";
import { leads } from "./leads.ts";
import type { Fields } from "./plan.ts";
import { resource, TIME_SORTS, type WritableResource } from "./resource.ts";
import { money } from "./values/amounts.ts";
import { label, website } from "./values/fields.ts";
import { linkedInUrl } from "./values/linkedin-url.ts";
import * as answer from "./values/record-schema.ts";

const { score: _, starred: __, pipeline_id: ___, stage_id: ____, ...own } = leads.columns;
const name = () => label(50).min(2, "Must have 2 to 50 characters");
const line = column.text(255);

/** Leads, one for each email and LinkedIn profile, with what else is known of them and their score. */
export const uniqueLeads: WritableResource = resource({
  record: "lead",
  name: "leads",
  table: "crm.leads_with_lookups",
  columns: {
    ...own,
    first_name: column.required(column.of(answer.text, name, { clears: true })),
    last_name: column.required(column.of(answer.text, name, { clears: true })),
    job_title: line,
    industry: line,
    website: column.of(answer.text, () => website()),
    address: line,
    city: line,
    state: line,
    country: line,
    pin_code: line,
    linkedin_url: column.of(answer.text, linkedInUrl),
    estimated_value: column.of(answer.amount.nullable(), notNegative),
    status: column.readOnly(z.string()),
    source: column.readOnly(answer.text),
    priority: column.readOnly(z.int()),
    assigned_to: column.link("user"),
    company_id: column.link("company"),
    fit_intent_score: column.readOnly(z.int()),
    ai_information: column.readOnly(z.record(z.string(), z.unknown())),
    last_activity_at: column.readOnly(answer.timestamp.nullable()),
  },
  counted: ["source", "status", "assigned_to"],
  search: "app.search_leads_and_companies",
  searchesPhones: true,
  sorts: {
    ...TIME_SORTS,
    number: { column: "number", type: "bigint", unique: true },
    first_name: { column: "first_name_key", type: "text" },
    last_name: { column: "last_name_key", type: "text" },
    email: { column: "email_key", type: "text" },
    company_key: { column: "company_key", type: "text" },
    fit_intent_score: { column: "fit_intent_score", type: "integer" },
    status_number: { column: "status_number", type: "bigint" },
    priority: { column: "priority", type: "smallint" },
    estimated_value: { column: "estimated_value_key", type: "text" },
    last_activity_at: { column: "last_activity_key", type: "timestamptz" },
  },
  constraints: leads.constraints,
});

function notNegative() {
  return money().refine((digits) => !digits.startsWith("-"), "Must not be negative");
}

/** The query that makes a lead of what is given (SQL: app.create_unique_lead), and answers its `id`. */
export function uniqueLeadCreation(given: Fields): Sql {
  return sql`select id from app.create_unique_lead(${stringify(given)}::jsonb)`;
}

/** The query that changes the lead with a number (SQL: app.change_unique_lead), and answers its `id`. */
export function uniqueLeadChange(number: number, given: Fields): Sql {
  return sql`select id from app.change_unique_lead(${number}, ${stringify(given)}::jsonb)`;
}
