import * as z from "zod";
import * as column from "./column.ts";
import { type Resource, resource } from "./resource.ts";
import * as answer from "./values/record-schema.ts";

const REASONS = [
  "created",
  "value_changed",
  "stage_changed",
  "close_date_changed",
  "daily",
] as const;

/** Deals as they were forecast at moments of the past. */
export const dealSnapshots: Resource = resource({
  record: "forecast",
  name: "deal_snapshots",
  table: "crm.deal_snapshots",
  columns: {
    id: column.id,
    deal_id: column.readOnly(answer.id),
    reason: column.readOnly(z.enum(REASONS)),
    stage: column.readOnly(answer.link),
    stage_name: column.readOnly(answer.text),
    probability: column.readOnly(answer.amount),
    value: column.readOnly(answer.amount.nullable()),
    weighted_value: column.readOnly(answer.amount),
    expected_close_date: column.readOnly(answer.date),
    computed_at: column.time,
  },
  uncounted: true,
  sorts: { computed_at: { column: "computed_at", type: "timestamptz", within: ["deal_id"] } },
});
