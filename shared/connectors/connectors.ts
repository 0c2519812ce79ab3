import * as z from "zod";
import * as column from "../crm/column.ts";
import { resource, TIME_SORTS, type WritableResource } from "../crm/resource.ts";
import { jsonObject } from "../formats/json-object.ts";
import { matchingSchema } from "./matching.ts";
import { PRESET_NAMES } from "./presets.ts";
import { verificationSchema } from "./verification.ts";

/** What a connector's events become. */
export const TARGETS = ["contact", "activity"] as const;

export type Target = (typeof TARGETS)[number];

/** The secrets a connector can hold, by what they are for. */
export const SECRETS = ["secret", "verify_token", "access_token"] as const;

export type SecretName = (typeof SECRETS)[number];

/** What is fetched from the sender to complete an event that has ids only. */
export const LOOKUPS = ["meta_lead"] as const;

const expression = column.readOnly(z.string().nullable());

/** Connectors (spec: Field mapping): how what a sender sends becomes contacts or activities. */
export const connectors: WritableResource = resource({
  record: "connector",
  name: "connectors",
  table: "crm.connectors",
  columns: {
    id: column.id,
    slug: column.readOnly(z.string()),
    name: column.readOnly(z.string()),
    preset: column.readOnly(z.enum(PRESET_NAMES).nullable()),
    target: column.readOnly(z.enum(TARGETS)),
    field_map: column.readOnly(z.record(z.string(), z.string())),
    matching: column.readOnly(matchingSchema),
    defaults: column.readOnly(jsonObject),
    items: expression,
    event_id: expression,
    skip: expression,
    test: expression,
    lookup: column.readOnly(z.enum(LOOKUPS).nullable()),
    prepare: expression,
    verification: column.readOnly(verificationSchema),
    secrets_set: column.readOnly(z.array(z.enum(SECRETS))),
    requests_per_minute: column.readOnly(z.int()),
    created_at: column.time,
    updated_at: column.time,
  },
  filters: ["slug"],
  keys: ["slug"],
  search: "app.search_connectors",
  sorts: {
    ...TIME_SORTS,
    name: { column: "name", type: "text" },
  },
  constraints: {
    connectors_slug_key: { field: "slug", message: "Another connector has this slug." },
  },
});
