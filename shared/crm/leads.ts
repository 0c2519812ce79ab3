import * as z from "zod";
import * as column from "./column.ts";
import type { Membership } from "./lists/conditions.ts";
import { customFields } from "./values/custom-fields.ts";
import { email, filterText, label, phone, uuid } from "./values/fields.ts";
import * as answer from "./values/record-schema.ts";
import { lazy } from "../memory/lazy.ts";
import { type Resource, resource } from "./resource.ts";

const SCORE = "Must be a whole number from 0 to 100";
const score = lazy(() => z.int(SCORE).min(0, SCORE).max(100, SCORE));
const starred = lazy(() => z.boolean("Must be true or false"));
const starredFilter = lazy(() => z.enum(["true", "false"], "Must be true or false"));

/** Leads: people in a pipeline. They are made and changed by app.create_lead and app.change_lead. */
export const leads: Resource = resource({
  record: "lead",
  name: "leads",
  table: "crm.leads",
  columns: {
    id: column.id,
    contact_id: column.readOnly(answer.link, uuid),
    company_id: column.readOnly(answer.link, uuid),
    first_name: column.required(
      column.of(answer.text, () => label(255), { filter: filterText }),
    ),
    last_name: column.text(255),
    email: column.of(answer.text, email, { filter: column.emailFilter }),
    phone: column.of(answer.text, phone),
    source: column.text(255),
    status: column.title(64),
    pipeline_id: column.link("pipeline", { clears: false }),
    stage_id: column.link("stage", { clears: false }),
    assigned_to: column.link("user"),
    notes: column.text(20_000),
    custom_fields: column.of(z.record(z.string(), z.unknown()), customFields, { clears: true }),
    starred: column.of(z.boolean(), starred, { filter: starredFilter }),
    score: column.of(z.int().min(0).max(100), score),
    created_at: column.time,
    updated_at: column.time,
  },
  filters: ["source", "status", "pipeline_id", "stage_id", "assigned_to", "starred"],
  counted: ["source", "status", "starred", "pipeline_id", "stage_id", "assigned_to"],
  search: "app.search_leads",
  sorts: {
    created_at: { column: "created_at", type: "timestamptz" },
    updated_at: { column: "updated_at", type: "timestamptz" },
    score: { column: "score", type: "integer" },
    first_name: { column: "first_name_key", type: "text" },
    last_name: { column: "last_name_key", type: "text" },
    email: { column: "email_key", type: "text" },
  },
});

/** The leads that have a tag, by its name in any case. */
export const taggedLeads: Membership = {
  table: "crm.lead_tags",
  record: "lead_id",
  group: "tag_id",
  groups: "crm.tags",
  key: "name_key",
  isCounted: true,
};
