import { stringify } from "lossless-json";
import * as z from "zod";
import { type Sql, sql } from "../db/sql.ts";
import { activities } from "./activities.ts";
import * as column from "./column.ts";
import type { Fields } from "./plan.ts";
import { resource, type WritableResource } from "./resource.ts";
import { tasks } from "./tasks.ts";
import { label } from "./values/fields.ts";
import { instant } from "./values/instant.ts";
import * as answer from "./values/record-schema.ts";

/** The type of an activity that is a task. */
export const TASK = "task";

const { data: _, title: __, timestamp: ___, ...ofActivities } = activities.columns;
const deal = () => column.link("lead");

/** Activities with their deal, contact and company given by id. */
export const loggedActivities: WritableResource = resource({
  record: "activity",
  name: "activities",
  table: "crm.activities",
  columns: {
    ...ofActivities,
    title: column.required(column.of(answer.text, () => label(500))),
    timestamp: column.of(answer.timestamp, instant, { clears: false }),
    deal_id: deal(),
    contact_id: column.link("contact"),
    company_id: column.link("company"),
  },
  counted: ["type", "deal_id"],
  sorts: { timestamp: { column: "timestamp", type: "timestamptz" } },
});

/** Tasks, the first due first. */
export const dueTasks: WritableResource = resource({
  record: "task",
  name: "tasks",
  table: "crm.tasks",
  columns: { ...tasks.columns, deal_id: deal(), is_done: column.readOnly(z.boolean()) },
  counted: ["status", "priority", "is_done", "deal_id"],
  sorts: { due_date: { column: "due_date_key", type: "date", within: ["is_done"] } },
});

/** The query that makes an activity and answers its `id`. */
export function activityLogging(columns: Fields): Sql {
  return sql`select app.log_activity(${stringify(columns)}::jsonb) as id`;
}

/** The query that makes a task and answers its `id`. */
export function taskLogging(columns: Fields): Sql {
  return sql`select app.log_task(${stringify(columns)}::jsonb) as id`;
}
