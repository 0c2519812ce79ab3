import * as z from "zod";
import { jsonObject } from "../formats/json-object.ts";
import * as column from "./column.ts";
import type { Query } from "./lists/conditions.ts";
import { sharedWith } from "./shared-with.ts";
import { resource, TIME_SORTS, type WritableResource } from "./resource.ts";
import { label } from "./values/fields.ts";
import * as answer from "./values/record-schema.ts";

/** The lists that views are of. */
export const MODULES = ["lead", "contact", "company", "deal", "meeting"] as const;
const VISIBILITIES = ["private", "team", "public"] as const;

const oneOf = (words: readonly [string, ...string[]]) =>
  column.required(
    column.of(z.enum(words), () => z.enum(words, `Must be one of ${words.join(", ")}`)),
  );
const object = column.of(jsonObject, () => jsonObject);

/** Views that users save of a list. */
export const savedViews: WritableResource = resource({
  record: "view",
  name: "saved_views",
  table: "crm.saved_views",
  columns: {
    id: column.id,
    module_name: oneOf(MODULES),
    view_name: column.of(z.string(), () => label(100)),
    visibility: oneOf(VISIBILITIES),
    filters: object,
    columns: column.of(z.array(z.string()), () => z.array(z.string()).max(200)),
    sorting: object,
    user_id: column.readOnly(answer.link),
    created_at: column.time,
    updated_at: column.time,
  },
  sorts: {
    ...TIME_SORTS,
    number: { column: "number", type: "bigint", unique: true },
    view_name: { column: "view_name_key", type: "text" },
  },
});

/** Views that a user sees: their own, those that are public, and those of their team. */
export function seenBy(userId: string): Query {
  return sharedWith(userId, { column: "visibility", all: "public" });
}
