import { stringify } from "lossless-json";
import * as z from "zod";
import { STAGE_ELSEWHERE, USER_INACTIVE } from "../db/errors.ts";
import { type Sql, sql } from "../db/sql.ts";
import * as column from "./column.ts";
import type { Membership } from "./lists/conditions.ts";
import { resource, TIME_SORTS, type WritableResource } from "./resource.ts";
import { customFields, customFieldsAnswer, TOO_MANY_KEYS } from "./values/custom-fields.ts";
import { email, label, phone } from "./values/fields.ts";
import * as answer from "./values/record-schema.ts";
import { linkedIds } from "./views/statements.ts";
import type { Given } from "./views/view.ts";

/** The tags of leads. */
export const leadTags: Membership = {
  table: "crm.lead_tags",
  record: "lead_id",
  group: "tag_id",
  groups: "crm.tags",
  key: "name_key",
  isCounted: true,
};

const score = z.int().min(0).max(100);
const SCORE = "Must be a whole number from 0 to 100";

/** People in a pipeline. One with an email shows the contact of that email, and the contact shows it. */
export const leads: WritableResource = resource({
  record: "lead",
  name: "leads",
  table: "crm.leads",
  columns: {
    id: column.id,
    first_name: column.required(column.of(answer.text, () => label(255))),
    last_name: column.text(255),
    email: column.of(answer.text, email),
    phone: column.of(answer.text, phone),
    source: column.text(255),
    status: column.of(z.string(), () => label(64)),
    pipeline_id: column.link("pipeline", { clears: false }),
    stage_id: column.link("stage", { clears: false }),
    assigned_to: column.link("user"),
    notes: column.text(20_000),
    custom_fields: column.of(customFieldsAnswer, customFields, { clears: true }),
    starred: column.of(z.boolean(), () => z.boolean()),
    score: column.of(score, () => z.int(SCORE).min(0, SCORE).max(100, SCORE)),
    contact_id: column.readOnly(answer.link),
    created_at: column.time,
    updated_at: column.time,
  },
  counted: ["source", "status", "starred", "pipeline_id", "stage_id", "assigned_to"],
  search: "app.search_leads",
  searchesPhones: true,
  sorts: {
    ...TIME_SORTS,
    score: { column: "score", type: "integer" },
    first_name: { column: "first_name_key", type: "text" },
    last_name: { column: "last_name_key", type: "text" },
    email: { column: "email_key", type: "text" },
  },
  constraints: {
    [STAGE_ELSEWHERE]: { field: "stage_id", message: "Must be a stage of the pipeline." },
    [USER_INACTIVE]: { field: "assigned_to", message: "The user is inactive." },
    leads_custom_fields_count_check: { field: "custom_fields", message: `${TOO_MANY_KEYS}.` },
  },
});

/** What is given of a lead beside its columns; null for none. */
export interface LeadParts {
  /** The name of its company, which is made when there is none of that name. */
  company?: string | null;
  /** The names of all its tags, which are made when new. */
  tags?: readonly string[] | null;
}

/** The query that makes a lead, with its contact, company and tags, and answers its `id`. */
export function leadCreation(given: Given, parts: LeadParts): Sql {
  return sql`select id from app.create_lead(${fieldsOf(given, parts)})`;
}

/** The query that changes the lead with a number, and answers its `id`. */
export function leadChange(number: number, given: Given, parts: LeadParts): Sql {
  return sql`select id from app.change_lead(${idOf(number)}, ${fieldsOf(given, parts)})`;
}

/** The query that gives the lead with a number a tag, and answers its `id`. */
export function leadTagging(number: number, tag: string): Sql {
  return sql`select id from app.add_lead_tag(${idOf(number)}, ${tag})`;
}

/** The query that takes a tag off the lead with a number, and answers its `id` if it had that. */
export function leadUntagging(number: number, tag: string): Sql {
  return sql`select id from app.remove_lead_tag(${idOf(number)}, ${tag})`;
}

function idOf(number: number): Sql {
  return sql`(select id from crm.leads where number = ${number})`;
}

function fieldsOf({ columns, links }: Given, parts: LeadParts): Sql {
  const fields = sql`${stringify({ ...columns, ...parts })}::jsonb`;
  return links.length === 0 ? fields : sql`${fields} || ${linkedIds(links)}`;
}
