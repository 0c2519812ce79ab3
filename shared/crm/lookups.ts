import { stringify } from "lossless-json";
import * as z from "zod";
import { type Sql, sql } from "../db/sql.ts";
import * as column from "./column.ts";
import type { Fields } from "./plan.ts";
import { resource, type WritableResource } from "./resource.ts";
import { label } from "./values/fields.ts";
import * as answer from "./values/record-schema.ts";

/** The values that a field of a record can have, in lists; the tags of leads are one of them. */
export const lookups: WritableResource = resource({
  record: "lookup",
  name: "lookups",
  table: "crm.lookups_with_tags",
  columns: {
    id: column.id,
    module_name: column.required(column.of(z.string(), word)),
    type: column.required(column.of(z.string(), word)),
    name: column.required(column.of(z.string(), () => label(100))),
    value: column.of(z.string(), () => label(64)),
    color_code: column.of(answer.text, color),
    parent_number: column.readOnly(z.int().nullable()),
    is_active: column.of(z.boolean(), () => z.boolean(), { only: "change" }),
    is_system: column.readOnly(z.boolean()),
    created_at: column.time,
    updated_at: column.time,
  },
  uncounted: true,
  sorts: {
    number: { column: "number", type: "bigint" },
    name: { column: "name", type: "text" },
    created_at: { column: "created_at", type: "timestamptz" },
  },
  constraints: {
    lookups_name_key: { field: "name", message: "Another value of this list has this name." },
    lookups_value_key: { field: "value", message: "Another one of this list has this value." },
    tags_name_key: { field: "name", message: "Another tag has this name." },
  },
});

function word() {
  return z.string().regex(
    /^[a-z][a-z0-9_]{0,49}$/,
    "Must be a snake_case word of up to 50 characters, such as lead_status",
  ).meta({ examples: ["lead", "region"] });
}

function color() {
  return z.string().regex(/^#[0-9A-Fa-f]{6}$/, "Must be a color such as #FF8800")
    .meta({ examples: ["#FF8800"] });
}

/** The query that makes a value of a list, and answers its `id`. */
export function lookupCreation(given: Fields): Sql {
  return sql`select id from app.create_lookup(${stringify(given)}::jsonb)`;
}

/** The query that changes the value with a number, and answers its `id`. */
export function lookupChange(number: number, given: Fields): Sql {
  return sql`select id from app.change_lookup(${number}, ${stringify(given)}::jsonb)`;
}
