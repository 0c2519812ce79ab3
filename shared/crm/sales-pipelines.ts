import { stringify } from "lossless-json";
import * as z from "zod";
import { DEFAULT_DELETED, NOT_EMPTY, STAGE_PROTECTED } from "../db/errors.ts";
import { type Sql, sql } from "../db/sql.ts";
import type { Work } from "./bulk.ts";
import * as column from "./column.ts";
import type { Fields } from "./plan.ts";
import { resource, TIME_SORTS, type WritableResource } from "./resource.ts";
import { money } from "./values/amounts.ts";
import { label } from "./values/fields.ts";
import * as answer from "./values/record-schema.ts";

const NAME = "Must have at least 2 characters";

/** Pipelines with what LIO knows of them. */
export const salesPipelines: WritableResource = resource({
  record: "pipeline",
  name: "pipelines",
  table: "crm.pipelines",
  columns: {
    id: column.id,
    name: column.required(column.of(z.string(), () => label(255).min(2, NAME))),
    description: column.text(1_000),
    max_deal_limit: column.of(answer.amount.nullable(), positive),
    region: column.text(100),
    is_active: column.of(z.boolean(), () => z.boolean()),
    is_default: column.readOnly(z.boolean()),
    created_at: column.time,
    updated_at: column.time,
  },
  search: "app.search_pipelines",
  sorts: {
    ...TIME_SORTS,
    number: { column: "number", type: "bigint", unique: true },
    name: { column: "name_key", type: "text" },
  },
  constraints: {
    stages_name_key: { field: "stages", message: "Two stages have the same name." },
    [NOT_EMPTY]: {
      field: "stages",
      message: "{detail} are there: move or delete them first.",
      blocks: true,
      code: "in_use",
    },
    [DEFAULT_DELETED]: {
      field: "ids",
      message: "The default pipeline cannot be deleted.",
      blocks: true,
      code: "default_pipeline",
    },
    [STAGE_PROTECTED]: {
      field: "stages",
      message: "Won and lost stages are protected: they can be neither changed nor left out.",
      blocks: true,
      code: "protected_stage",
    },
  },
});

/** Stages of pipelines with what LIO knows of them. */
export const salesStages: WritableResource = resource({
  record: "stage",
  name: "stages",
  table: "crm.stages",
  columns: {
    id: column.id,
    pipeline_id: column.readOnly(answer.id),
    name: column.readOnly(z.string()),
    color: column.readOnly(answer.text),
    position: column.readOnly(z.int()),
    outcome: column.readOnly(z.enum(["open", "won", "lost"])),
    probability: column.readOnly(z.number().nullable()),
    max_days_in_stage: column.readOnly(z.int().nullable()),
  },
  sorts: {},
});

function positive() {
  return money().refine((digits) => Number(digits) > 0, "Must be above 0").meta({
    exclusiveMinimum: 0,
  });
}

/** The query that makes a pipeline with its stages, and answers its `id`. */
export function pipelineCreation(fields: Fields): Sql {
  return sql`select id from app.create_sales_pipeline(${stringify(fields)}::jsonb) id`;
}

/** The query that changes the pipeline with a number (SQL: app.set_stages), and answers its `id`. */
export function pipelineChange(number: number, fields: Fields): Sql {
  return sql`select id from app.change_sales_pipeline(${number}, ${stringify(fields)}::jsonb) id`;
}

/** Deletes pipelines that have neither deals nor leads. */
export const deletionOfPipelines: Work = (ids) => sql`app.delete_pipelines(${ids})`;
