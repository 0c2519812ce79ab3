import * as z from "zod";
import * as column from "./column.ts";
import { resource, TIME_SORTS, type WritableResource } from "./resource.ts";
import { tagName } from "./values/tag-names.ts";

/** Tags of leads. */
export const tags: WritableResource = resource({
  record: "tag",
  name: "tags",
  table: "crm.tags_with_counts",
  columns: {
    id: column.id,
    name: column.required(column.of(z.string(), tagName)),
    color: column.text(32),
    leads_count: column.readOnly(z.int()),
    created_at: column.time,
    updated_at: column.time,
  },
  sorts: {
    ...TIME_SORTS,
    name: { column: "name", type: "text" },
  },
  constraints: {
    tags_name_key: { field: "name", message: "Another tag has this name." },
  },
});
