import { sql } from "../db/sql.ts";
import { stringify } from "lossless-json";
import * as z from "zod";
import * as column from "./column.ts";
import { domain, email, optional, uuid } from "./values/fields.ts";
import { instant } from "./values/instant.ts";
import { storedObject } from "../formats/json-object.ts";
import { lazy } from "../memory/lazy.ts";
import type { Fields, Plan } from "./plan.ts";
import * as answer from "./values/record-schema.ts";
import { insertRecord } from "./records.ts";
import { type CreatableResource, resource } from "./resource.ts";

/** The types that clients share; any other snake_case word is a type as well. */
export const WELL_KNOWN_TYPES = [
  "call",
  "email",
  "meeting",
  "note",
  "task",
  "form_submission",
  "page_view",
  "jira_issue_created",
  "jira_issue_updated",
  "support_ticket_created",
  "support_ticket_resolved",
] as const;

const type = lazy(() =>
  z.string().regex(
    /^[a-z][a-z0-9_]{0,63}$/,
    "Must be a snake_case word of up to 64 characters, such as form_submission",
  ).meta({
    id: "ActivityType",
    description: "Any snake_case word of up to 64 characters; the examples are well known.",
    examples: [...WELL_KNOWN_TYPES],
  })
);

const columns = {
  id: column.id,
  type: column.required(column.of(z.string(), type)),
  title: column.text(500),
  description: column.text(500_000),
  timestamp: column.of(answer.timestamp, instant, { clears: true }),
  data: column.of(z.record(z.string(), z.unknown()), storedObject, { clears: true }),
  contact_id: column.readOnly(answer.link, uuid),
  company_id: column.readOnly(answer.link, uuid),
  deal_id: column.readOnly(answer.link, uuid),
  created_at: column.time,
};

/** What an activity is made of. The entity fields link what they find. */
export const activityInput = lazy(() =>
  z.strictObject({
    type: type(),
    entity_email: optional(email()),
    entity_domain: optional(domain()),
    entity_id: optional(uuid()),
    ...column.inputs(columns, "creation"),
  })
);

/** Activities (spec: Activities). */
export const activities: CreatableResource = resource({
  record: "activity",
  name: "activities",
  table: "crm.activities",
  columns,
  get create() {
    return activityInput();
  },
  get created() {
    return activities.schema.extend({
      unmatched: z.array(z.enum(["entity_email", "entity_domain", "entity_id"])),
    });
  },
  counts: ["activities_per_day"],
  filters: ["type", "contact_id", "company_id", "deal_id"],
  counted: ["type"],
  search: "app.search_activities",
  sorts: {
    created_at: { column: "created_at", type: "timestamptz" },
    type: { column: "type", type: "text" },
    title: { column: "title_key", type: "text" },
  },
  creation: record,
});

function record(
  { entity_email, entity_domain, entity_id, data, timestamp, ...given }: Fields,
): Plan {
  const find = (table: string, key: string, value: unknown) =>
    value ? sql`(select id from ${sql.table(table)} where ${sql.ref(key)} = ${value})` : undefined;
  const links = {
    contact_id: entity_email
      ? sql`(select id from crm.contacts where email = app.present_email(${entity_email}))`
      : undefined,
    company_id: find("crm.companies", "domain", entity_domain),
    deal_id: find("crm.deals", "id", entity_id),
  };
  const asked = { contact_id: "entity_email", company_id: "entity_domain", deal_id: "entity_id" };
  return {
    statements: [
      insertRecord(activities, {
        ...given,
        ...links,
        data: stringify(data ?? {}),
        timestamp: timestamp ?? undefined,
      }),
      { text: "select app.take_daily_quota(0, 1)", values: [], prepared: true },
    ],
    result([rows = []]) {
      const [stored] = rows;
      if (stored === undefined) throw new Error("an insert answered no row");
      const unmatched = (Object.keys(links) as (keyof typeof links)[])
        .filter((link) => links[link] !== undefined && stored[link] === null)
        .map((link) => asked[link]);
      return { outcome: "created", id: String(stored.id), data: { ...stored, unmatched } };
    },
  };
}
