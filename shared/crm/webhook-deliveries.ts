import * as z from "zod";
import * as column from "./column.ts";
import { resource, type WritableResource } from "./resource.ts";
import { timestamp } from "./values/record-schema.ts";

/** What can become of a delivery. */
export const DELIVERY_STATUSES = ["pending", "succeeded", "failed"] as const;

const attempt = z.object({
  at: timestamp,
  status_code: z.int().nullable(),
  error: z.string().nullable(),
  duration_ms: z.int().min(0),
});

/** What webhooks were told, with each attempt. */
export const webhookDeliveries: WritableResource = resource({
  record: "delivery",
  name: "webhook_deliveries",
  table: "crm.webhook_deliveries",
  columns: {
    id: column.id,
    webhook_id: column.readOnly(z.string()),
    event_type: column.readOnly(z.string()),
    status: column.readOnly(z.enum(DELIVERY_STATUSES)),
    attempts: column.readOnly(z.array(attempt)),
    next_attempt_at: column.readOnly(timestamp.nullable()),
    created_at: column.time,
    updated_at: column.time,
  },
  counted: ["integration_id"],
  sorts: { created_at: { column: "created_at", type: "timestamptz" } },
  constraints: {},
});
