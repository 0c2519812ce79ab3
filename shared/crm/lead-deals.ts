import { stringify } from "lossless-json";
import * as z from "zod";
import { type Sql, sql } from "../db/sql.ts";
import type { Work } from "./bulk.ts";
import * as column from "./column.ts";
import { deals } from "./deals.ts";
import { OUTCOMES } from "./opportunities.ts";
import type { Fields } from "./plan.ts";
import { resource, TIME_SORTS, type WritableResource } from "./resource.ts";
import { label } from "./values/fields.ts";
import * as answer from "./values/record-schema.ts";

const TITLE = "Must have 2 to 50 characters";
const PRIORITY = "Must be 1, 2, 3 or 4";

/** Deals with what LIO knows of them. */
export const leadDeals: WritableResource = resource({
  record: "deal",
  name: "deals",
  table: "crm.deals",
  columns: {
    id: column.id,
    lead_id: column.link("lead"),
    pipeline_id: column.link("pipeline"),
    stage_id: column.link("stage"),
    title: column.required(column.of(z.string(), () => label(50).min(2, TITLE))),
    value: column.readOnly(answer.amount.nullable()),
    currency: deals.columns.currency ?? column.readOnly(z.string()),
    outcome: column.readOnly(z.enum(OUTCOMES)),
    expected_close_date: column.readOnly(answer.date),
    priority: column.of(
      z.int().min(1).max(4),
      () => z.int(PRIORITY).min(1, PRIORITY).max(4, PRIORITY),
    ),
    description: column.text(1_000),
    assigned_to: column.link("user"),
    company_id: column.readOnly(answer.link),
    contact_id: column.readOnly(answer.link),
    stage_changed_at: column.time,
    closed_at: column.readOnly(answer.timestamp.nullable()),
    created_at: column.time,
    updated_at: column.time,
  },
  counted: ["pipeline_id", "stage_id"],
  search: "app.search_deals",
  sorts: {
    ...TIME_SORTS,
    number: { column: "number", type: "bigint", unique: true },
    title: { column: "title_key", type: "text" },
    value: { column: "value_key", type: "text" },
    expected_close_date: { column: "expected_close_date_key", type: "date" },
  },
});

/** The query that makes a deal of what is given (SQL: app.stored_deal), and answers its `id`. */
export function dealCreation(given: Fields): Sql {
  return sql`select id from app.create_lead_deal(${stringify(given)}::jsonb) id`;
}

/** The query that changes the deal with a number (SQL: app.stored_deal), and answers its `id`. */
export function dealChange(number: number, given: Fields): Sql {
  return sql`select id from app.change_lead_deal(${number}, ${stringify(given)}::jsonb) id`;
}

/** Deletes deals. */
export const deletionOfDeals: Work = (ids) => sql`app.delete_deals(${ids})`;
