import { UNKNOWN_STAGE } from "../db/errors.ts";
import { sql, statement } from "../db/sql.ts";
import * as z from "zod";
import * as column from "./column.ts";
import { money } from "./values/amounts.ts";
import { calendarDate, currency, filterText, label } from "./values/fields.ts";
import { percentage } from "./values/percentage.ts";
import type { Fields } from "./plan.ts";
import * as answer from "./values/record-schema.ts";
import { change, creation, insertRecord, updateRecord } from "./records.ts";
import {
  type CreatableResource,
  resource,
  TIME_SORTS,
  type UpdatableResource,
} from "./resource.ts";

/** Deals (spec: Deals). The table's trigger puts a deal into its pipeline and stage. */
export const deals: CreatableResource & UpdatableResource = resource({
  record: "deal",
  name: "deals",
  table: "crm.deals",
  columns: {
    id: column.id,
    title: column.required(column.title(500)),
    value: column.of(answer.amount.nullable(), money),
    currency: column.of(z.string(), currency),
    stage: column.of(answer.text, () => label(255), { filter: filterText, clears: false }),
    status: column.status(),
    probability: column.of(z.number().min(0).max(100).nullable(), percentage),
    expected_close_date: column.of(answer.date, calendarDate),
    company_id: column.link("company"),
    contact_id: column.link("contact"),
    pipeline_id: column.link("pipeline", { clears: false }),
    assigned_to: column.link("user"),
    created_at: column.time,
    updated_at: column.time,
  },
  filters: ["stage", "status", "company_id", "pipeline_id"],
  counted: ["stage", "status", "pipeline_id"],
  search: "app.search_deals",
  sorts: {
    ...TIME_SORTS,
    title: { column: "title", type: "text" },
    value: { column: "value_key", type: "text" },
    expected_close_date: { column: "expected_close_date_key", type: "date" },
  },
  constraints: {
    [UNKNOWN_STAGE]: { field: "stage", message: "Must be a stage of the pipeline: {detail}." },
    deals_stage_id_fkey: { field: "stage", message: "The stage was removed meanwhile." },
  },
  creation: (given) => creation([...requireStage(given), insertRecord(deals, given)]),
  change: (id, given) =>
    change(deals, id, [...requireStage(given), updateRecord(deals, id, given)]),
});

function requireStage({ pipeline_id, stage }: Fields) {
  if (pipeline_id === undefined || stage === undefined) return [];
  return [statement(sql`select app.require_stage(${pipeline_id}, ${stage})`)];
}
