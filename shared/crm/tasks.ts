import * as z from "zod";
import { calendarDate, filterText, ifGiven, label, optional, text, uuid } from "./values/fields.ts";
import { lazy } from "../memory/lazy.ts";
import * as answer from "./values/record-schema.ts";
import { creation, insertRecord } from "./records.ts";
import {
  type CreatableResource,
  linkErrors,
  resource,
  type UpdatableResource,
} from "./resource.ts";

const PRIORITIES = ["low", "medium", "high", "urgent"] as const;
const priority = lazy(() => z.enum(PRIORITIES, `Must be one of ${PRIORITIES.join(", ")}`));
const title = lazy(() => label(500));
const fields = lazy(() => ({
  description: optional(text(20_000)),
  status: ifGiven(text(64)),
  priority: ifGiven(priority()),
  due_date: optional(calendarDate()),
  assigned_to: optional(uuid()),
  contact_id: optional(uuid()),
  company_id: optional(uuid()),
  deal_id: optional(uuid()),
}));

/** Tasks (spec: Tasks). Priorities sort from low to urgent. */
export const tasks: CreatableResource & UpdatableResource = resource({
  record: "task",
  name: "tasks",
  table: "crm.tasks",
  schema: z.object({
    id: answer.id,
    title: z.string(),
    description: answer.text,
    status: z.string(),
    priority: z.enum(PRIORITIES),
    due_date: answer.date,
    assigned_to: answer.link,
    contact_id: answer.link,
    company_id: answer.link,
    deal_id: answer.link,
    created_at: answer.timestamp,
    updated_at: answer.timestamp,
  }),
  get create() {
    return z.strictObject({ title: title(), ...fields() });
  },
  get update() {
    return z.strictObject({ title: ifGiven(title()), ...fields() });
  },
  get filters() {
    return {
      status: filterText(),
      priority: priority(),
      assigned_to: uuid(),
      contact_id: uuid(),
      company_id: uuid(),
      deal_id: uuid(),
    };
  },
  counted: ["status", "priority"],
  search: "app.search_tasks",
  sorts: {
    created_at: { column: "created_at", type: "timestamptz" },
    updated_at: { column: "updated_at", type: "timestamptz" },
    title: { column: "title", type: "text" },
    due_date: { column: "due_date_key", type: "date" },
    priority: { column: "priority_rank", type: "smallint", within: ["priority"] },
  },
  constraints: linkErrors("tasks", {
    assigned_to: "user",
    contact_id: "contact",
    company_id: "company",
    deal_id: "deal",
  }),
  creation: (given) => creation([insertRecord(tasks, given)]),
});
