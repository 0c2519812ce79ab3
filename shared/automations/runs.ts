import * as z from "zod";
import * as column from "../crm/column.ts";
import { resource, type WritableResource } from "../crm/resource.ts";
import { id, link, text, timestamp } from "../crm/values/record-schema.ts";
import { RUN_NOT_FAILED } from "../db/errors.ts";

/** How a run of an automation stands. */
export const RUN_STATUSES = [
  "queued",
  "running",
  "waiting",
  "succeeded",
  "failed",
  "skipped",
] as const;

/** Runs of automations: what each did, or is to do, because of one event. */
export const runs: WritableResource = resource({
  record: "run",
  name: "automation_runs",
  table: "crm.automation_runs",
  columns: {
    id: column.id,
    automation_id: column.readOnly(id),
    lead_id: column.readOnly(link),
    lead_number: column.readOnly(z.int()),
    event_type: column.readOnly(z.string()),
    status: column.readOnly(z.enum(RUN_STATUSES)),
    reason: column.readOnly(text),
    steps: column.readOnly(z.array(z.unknown())),
    started_at: column.readOnly(timestamp.nullable()),
    finished_at: column.readOnly(timestamp.nullable()),
  },
  counted: ["automation_id"],
  sorts: { number: { column: "number", type: "bigint", unique: true } },
  constraints: {
    [RUN_NOT_FAILED]: {
      field: "status",
      message: "Only a failed run can be taken up again; this one is {detail}.",
      blocks: true,
    },
  },
});
