import * as z from "zod";
import * as column from "./column.ts";
import { calendarDate } from "./values/fields.ts";
import { lazy } from "../memory/lazy.ts";
import * as answer from "./values/record-schema.ts";
import { changeRecord, createRecord } from "./records.ts";
import {
  type CreatableResource,
  resource,
  TIME_SORTS,
  type UpdatableResource,
} from "./resource.ts";

/** How urgent a task is. */
export const PRIORITIES = ["low", "medium", "high", "urgent"] as const;
const priority = lazy(() => z.enum(PRIORITIES, `Must be one of ${PRIORITIES.join(", ")}`));

/** Tasks (spec: Tasks). Priorities sort from low to urgent. */
export const tasks: CreatableResource & UpdatableResource = resource({
  record: "task",
  name: "tasks",
  table: "crm.tasks",
  columns: {
    id: column.id,
    title: column.required(column.title(500)),
    description: column.text(20_000),
    status: column.status(),
    priority: column.of(z.enum(PRIORITIES), priority),
    due_date: column.of(answer.date, calendarDate),
    assigned_to: column.link("user"),
    contact_id: column.link("contact"),
    company_id: column.link("company"),
    deal_id: column.link("deal"),
    created_at: column.time,
    updated_at: column.time,
  },
  filters: ["status", "priority", "assigned_to", "contact_id", "company_id", "deal_id"],
  counted: ["status", "priority"],
  search: "app.search_tasks",
  sorts: {
    ...TIME_SORTS,
    title: { column: "title", type: "text" },
    due_date: { column: "due_date_key", type: "date" },
    priority: { column: "priority_rank", type: "smallint", within: ["priority"] },
  },
  creation: (given) => createRecord(tasks, given),
  change: (id, given) => changeRecord(tasks, id, given),
});
