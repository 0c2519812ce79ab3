import * as z from "zod";
import { jsonObject } from "../formats/json-object.ts";
import * as column from "./column.ts";
import { resource, TIME_SORTS, type WritableResource } from "./resource.ts";

/** The services there are integrations of. */
export const INTEGRATION_TYPES = [
  "facebook",
  "google_ads",
  "smtp",
  "mailgun",
  "gmail",
  "microsoft",
  "webhook",
] as const;

export type IntegrationTypeName = (typeof INTEGRATION_TYPES)[number];

/** Whether it works: stopped by the system, or by its users. */
const INTEGRATION_STATUSES = ["active", "paused", "inactive"] as const;

/** Integrations with other services. Their settings are checked by their types. */
export const integrations: WritableResource = resource({
  record: "integration",
  name: "integrations",
  table: "crm.integrations",
  columns: {
    id: column.id,
    type: column.readOnly(z.enum(INTEGRATION_TYPES)),
    name: column.title(255),
    is_active: column.of(z.boolean(), () => z.boolean()),
    status: column.readOnly(z.enum(INTEGRATION_STATUSES)),
    settings: column.readOnly(jsonObject),
    last_error: column.readOnly(z.string().nullable()),
    created_at: column.time,
    updated_at: column.time,
  },
  filters: ["type"],
  counted: ["type"],
  sorts: {
    ...TIME_SORTS,
    name: { column: "name", type: "text" },
  },
  constraints: {},
});
