import { stringify } from "lossless-json";
import * as z from "zod";
import { STAGES_DISAGREE } from "../db/errors.ts";
import { type Sql, sql } from "../db/sql.ts";
import * as column from "./column.ts";
import { deals } from "./deals.ts";
import type { Fields } from "./plan.ts";
import { resource, type WritableResource } from "./resource.ts";
import { label } from "./values/fields.ts";
import * as answer from "./values/record-schema.ts";

/** Whether a deal is decided, and how. */
export const OUTCOMES = ["open", "won", "lost"] as const;

/** Deals with the stage that they are at, and when they were decided. */
export const opportunities: WritableResource = resource({
  record: "lead",
  name: "deals",
  table: "crm.deals",
  columns: {
    ...deals.columns,
    stage: column.of(answer.text, () => label(255), { clears: false }),
    stage_id: column.link("stage", { clears: false }),
    outcome: column.readOnly(z.enum(OUTCOMES)),
    closed_at: column.readOnly(answer.timestamp.nullable()),
  },
  counted: ["stage", "status", "outcome", "pipeline_id", "stage_id"],
  search: "app.search_deals",
  sorts: { created_at: { column: "created_at", type: "timestamptz" } },
  constraints: {
    ...deals.constraints,
    [STAGES_DISAGREE]: { field: "stage", message: "Must be the stage that stageId names." },
  },
});

/** The query that makes a deal and answers its `id`. */
export function opportunityCreation(columns: Fields): Sql {
  return sql`select app.create_opportunity(${stringify(columns)}::jsonb) as id`;
}

/** The query that changes a deal and answers its `id`. */
export function opportunityChange(id: string, columns: Fields): Sql {
  return sql`select id from app.change_opportunity(${id}, ${stringify(columns)}::jsonb) id`;
}
