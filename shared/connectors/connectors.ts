import * as z from "zod";
import { filterText } from "../crm/values/fields.ts";
import * as answer from "../crm/values/record-schema.ts";
import { resource, type WritableResource } from "../crm/resource.ts";
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

const expression = z.string().nullable();

/** Connectors (spec: Field mapping): how what a sender sends becomes contacts or activities. */
export const connectors: WritableResource = resource({
  record: "connector",
  name: "connectors",
  table: "crm.connectors",
  schema: z.object({
    id: answer.id,
    slug: z.string(),
    name: z.string(),
    preset: z.enum(PRESET_NAMES).nullable(),
    target: z.enum(TARGETS),
    field_map: z.record(z.string(), z.string()),
    matching: matchingSchema,
    defaults: jsonObject,
    items: expression,
    event_id: expression,
    skip: expression,
    test: expression,
    lookup: z.enum(LOOKUPS).nullable(),
    prepare: expression,
    verification: verificationSchema,
    secrets_set: z.array(z.enum(SECRETS)),
    requests_per_minute: z.int(),
    created_at: answer.timestamp,
    updated_at: answer.timestamp,
  }),
  filters: { slug: filterText() },
  keys: ["slug"],
  search: "app.search_connectors",
  sorts: {
    created_at: { column: "created_at", type: "timestamptz" },
    updated_at: { column: "updated_at", type: "timestamptz" },
    name: { column: "name", type: "text" },
  },
  constraints: {
    connectors_slug_key: { field: "slug", message: "Another connector has this slug." },
  },
});
