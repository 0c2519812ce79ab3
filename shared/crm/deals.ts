import * as z from "zod";
import { UNKNOWN_STAGE } from "../db/errors.ts";
import { sql, statement } from "../db/sql.ts";
import { money, percentage } from "./values/amounts.ts";
import {
  calendarDate,
  currency,
  filterText,
  ifGiven,
  label,
  optional,
  text,
  uuid,
} from "./values/fields.ts";
import { lazy } from "../memory/lazy.ts";
import type { Fields } from "./plan.ts";
import * as answer from "./values/record-schema.ts";
import { change, creation, insertRecord, updateRecord } from "./records.ts";
import {
  type CreatableResource,
  linkErrors,
  resource,
  type UpdatableResource,
} from "./resource.ts";

const title = lazy(() => label(500));
const fields = lazy(() => ({
  value: optional(money()),
  currency: ifGiven(currency()),
  stage: ifGiven(label(255)),
  status: ifGiven(text(64)),
  probability: optional(percentage()),
  expected_close_date: optional(calendarDate()),
  company_id: optional(uuid()),
  contact_id: optional(uuid()),
  pipeline_id: ifGiven(uuid()),
  assigned_to: optional(uuid()),
}));

/** Deals (spec: Deals). The table's trigger puts a deal into its pipeline and stage. */
export const deals: CreatableResource & UpdatableResource = resource({
  record: "deal",
  name: "deals",
  table: "crm.deals",
  schema: z.object({
    id: answer.id,
    title: z.string(),
    value: answer.amount.nullable(),
    currency: z.string(),
    stage: answer.text,
    status: z.string(),
    probability: z.number().min(0).max(100).nullable(),
    expected_close_date: answer.date,
    company_id: answer.link,
    contact_id: answer.link,
    pipeline_id: answer.link,
    assigned_to: answer.link,
    created_at: answer.timestamp,
    updated_at: answer.timestamp,
  }),
  get create() {
    return z.strictObject({ title: title(), ...fields() });
  },
  get update() {
    return z.strictObject({ title: ifGiven(title()), ...fields() });
  },
  get filters() {
    return {
      stage: filterText(),
      status: filterText(),
      company_id: uuid(),
      pipeline_id: uuid(),
    };
  },
  counted: ["stage", "status", "pipeline_id"],
  search: "app.search_deals",
  sorts: {
    created_at: { column: "created_at", type: "timestamptz" },
    updated_at: { column: "updated_at", type: "timestamptz" },
    title: { column: "title", type: "text" },
    value: { column: "value_key", type: "text" },
    expected_close_date: { column: "expected_close_date_key", type: "date" },
  },
  constraints: {
    [UNKNOWN_STAGE]: { field: "stage", message: "Must be a stage of the pipeline: {detail}." },
    ...linkErrors("deals", {
      company_id: "company",
      contact_id: "contact",
      pipeline_id: "pipeline",
      assigned_to: "user",
    }),
  },
  creation: (given) => creation([...requireStage(given), insertRecord(deals, given)]),
  change: (id, given) =>
    change(deals, id, [...requireStage(given), updateRecord(deals, id, given)]),
});

function requireStage({ pipeline_id, stage }: Fields) {
  if (pipeline_id === undefined || stage === undefined) return [];
  return [statement(sql`select app.require_stage(${pipeline_id}, ${stage})`)];
}
