import { stringify } from "lossless-json";
import { type Sql, sql } from "../db/sql.ts";
import { activities } from "./activities.ts";
import * as column from "./column.ts";
import type { Condition } from "./lists/conditions.ts";
import type { Fields } from "./plan.ts";
import { resource, type WritableResource } from "./resource.ts";
import { label } from "./values/fields.ts";
import { tasks } from "./tasks.ts";
import * as z from "zod";
import * as answer from "./values/record-schema.ts";

const { data: _, type: __, timestamp: ___, ...ofActivities } = activities.columns;

/** Notes of leads: activities of the type `note`. */
export const leadNotes: WritableResource = resource({
  record: "note",
  name: "activities",
  table: "crm.activities",
  columns: {
    ...ofActivities,
    title: column.required(column.of(answer.text, () => label(255))),
    description: column.text(20_000),
    lead_id: column.readOnly(answer.link),
    user_id: column.readOnly(answer.link),
  },
  search: "app.search_activities",
  sorts: {
    number: { column: "number", type: "bigint", unique: true },
    created_at: { column: "created_at", type: "timestamptz" },
    title: { column: "title_key", type: "text" },
  },
});

/** Follow-ups of leads: tasks with a time. */
export const followUps: WritableResource = resource({
  record: "follow-up",
  name: "tasks",
  table: "crm.follow_ups",
  columns: {
    id: column.id,
    description: column.text(20_000),
    lead_id: column.readOnly(answer.link),
    contact_id: column.readOnly(answer.link),
    assigned_to: column.readOnly(answer.link),
    user_id: column.readOnly(answer.link),
    follow_up_at: column.readOnly(answer.timestamp.nullable()),
    follow_up_status: column.readOnly(z.int()),
    created_at: column.time,
  },
  search: "app.search_tasks",
  uncounted: true,
  sorts: {
    number: { column: "number", type: "bigint", unique: true },
    created_at: { column: "created_at", type: "timestamptz" },
    follow_up_at: { column: "follow_up_at", type: "timestamptz" },
    follow_up_status: { column: "follow_up_status", type: "integer" },
  },
  constraints: tasks.constraints,
});

/**
 * What is of the lead with a number: made of it, or of its contact through another API, where the actor sees
 * the lead.
 */
export function ofLead(number: string): Condition {
  return {
    is: "query",
    shape: "of a lead",
    columns: ["lead_id", "contact_id"],
    value: number,
    met: (given) =>
      sql`(lead_id = (select its.id from crm.leads its where its.number = ${given}) or lead_id is null
        and contact_id = (select its.contact_id from crm.leads its where its.number = ${given}))`,
  };
}

/** What is of any lead that the actor sees. */
export const ofAnyLead: Condition = { is: "present", column: "lead_id" };

/** The query that makes a note of the lead with a number, and answers its `id`. */
export function noteCreation(lead: number, columns: Fields): Sql {
  return sql`select app.add_note(${lead}, ${stringify(columns)}::jsonb) as id`;
}

/** The query that makes a follow-up of the lead with a number, and answers its `id`. */
export function followUpCreation(lead: number, columns: Fields): Sql {
  return sql`select app.add_follow_up(${lead}, ${stringify(columns)}::jsonb) as id`;
}
