import * as z from "zod";
import { type Sql, sql } from "../db/sql.ts";
import { stringify } from "lossless-json";
import { activities } from "./activities.ts";
import * as column from "./column.ts";
import type { Fields } from "./plan.ts";
import { resource, type WritableResource } from "./resource.ts";
import { tasks } from "./tasks.ts";
import { label, uuid } from "./values/fields.ts";
import { instant } from "./values/instant.ts";
import * as answer from "./values/record-schema.ts";

const { type, description, id, created_at } = activities.columns as Required<
  typeof activities.columns
>;

/** Activities as they are logged one by one, on a deal, a contact or a company. */
export const loggedActivities: WritableResource = resource({
  record: "activity",
  name: "activities",
  table: "crm.activities",
  columns: {
    id,
    type,
    title: column.required(column.of(answer.text, () => label(500))),
    description,
    timestamp: column.of(answer.timestamp, instant, { clears: false }),
    deal_id: column.of(answer.link, uuid),
    company_id: column.link("company"),
    contact_id: column.link("contact"),
    created_at,
  },
  counted: ["type", "deal_id"],
  sorts: { timestamp: { column: "timestamp", type: "timestamptz" } },
  constraints: {
    activities_deal_id_fkey: { field: "deal_id", message: "No lead with this id." },
  },
});
