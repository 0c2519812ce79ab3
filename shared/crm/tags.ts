import * as column from "./column.ts";
import { changeRecord, createRecord } from "./records.ts";
import { type CreatableResource, resource, type UpdatableResource } from "./resource.ts";

/** Tags of leads. Names that differ in case alone are one. */
export const tags: CreatableResource & UpdatableResource = resource({
  record: "tag",
  name: "tags",
  table: "crm.tags",
  columns: {
    id: column.id,
    name: column.required(column.title(64)),
    color: column.text(32),
    created_at: column.time,
    updated_at: column.time,
  },
  keys: ["name_key"],
  sorts: {
    created_at: { column: "created_at", type: "timestamptz" },
    updated_at: { column: "updated_at", type: "timestamptz" },
    name: { column: "name", type: "text" },
  },
  constraints: { tags_name_key: { field: "name", message: "Another tag has this name." } },
  creation: (given) => createRecord(tags, given),
  change: (id, given) => changeRecord(tags, id, given),
});
