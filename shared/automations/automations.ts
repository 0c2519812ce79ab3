import * as z from "zod";
import * as column from "../crm/column.ts";
import type { Fields } from "../crm/plan.ts";
import { resource, TIME_SORTS, type WritableResource } from "../crm/resource.ts";
import { timestamp } from "../crm/values/record-schema.ts";
import { type Sql, sql } from "../db/sql.ts";
import { actionsSchema, linksOfActions } from "./actions.ts";
import { conditionsSchema } from "./conditions.ts";
import { linksOfTrigger, type Trigger, triggerSchema } from "./triggers.ts";

/** Automations: what is done by itself after something happened to a lead. */
export const automations: WritableResource = resource({
  record: "automation",
  name: "automations",
  table: "crm.automations_with_runs",
  columns: {
    id: column.id,
    name: column.required(column.title(255)),
    is_active: column.of(z.boolean(), () => z.boolean()),
    trigger: column.required(column.of(triggerSchema(), triggerSchema)),
    conditions: column.of(conditionsSchema().nullable(), conditionsSchema),
    actions: column.required(column.of(actionsSchema(), actionsSchema)),
    runs_count: column.readOnly(z.int()),
    last_run_at: column.readOnly(timestamp.nullable()),
    created_at: column.time,
    updated_at: column.time,
  },
  sorts: {
    ...TIME_SORTS,
    name: { column: "name_key", type: "text" },
  },
});

/** Refuses records that an automation names and that are not there, unless `isThere` is false. */
export function linksChecked({ trigger, actions }: Fields, isThere: Sql): Sql[] {
  const links = [
    ...(trigger ? linksOfTrigger(trigger as Trigger) : []),
    ...(actions ? linksOfActions(actions as { type: string }[]) : []),
  ];
  if (links.length === 0) return [];
  return [sql`select app.require_records(${JSON.stringify(links)}::jsonb) where ${isThere}`];
}
