import type * as z from "zod";
import type { Write } from "../../crm/column.ts";
import { lookupChange, lookupCreation, lookups } from "../../crm/lookups.ts";
import { optional } from "../../crm/values/fields.ts";
import { column, number } from "../../crm/views/codecs.ts";
import { view } from "../../crm/views/view.ts";
import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import { equal, filter } from "../../operations/filters.ts";
import type { LioCaller } from "./caller.ts";
import { time } from "./codecs.ts";
import { containingWords, flag, oneNumber } from "./filters.ts";
import { id } from "./given.ts";
import { list } from "./lists.ts";
import { create, type Records, update } from "./records.ts";

const lookup = view(lookups, {
  id: number(),
  module_name: column(),
  type: column(),
  name: column(),
  value: column(),
  color_code: column(),
  parent_id: column("parent_number"),
  is_active: column(),
  is_system: column(),
  created_at: time(),
  updated_at: time(),
});

const records: Records = {
  view: lookup,
  names: { one: "lookup", id: "Lookup" },
  more: parentGiven,
  conflicts: ["creation", "change"],
  create: ({ columns }, { parent_id }) => lookupCreation({ ...columns, parent_id }),
  change: (of, { columns }) => lookupChange(of, columns),
};

function parentGiven(write: Write): z.ZodRawShape {
  return write === "creation" ? { parent_id: optional(id()) } : {};
}

/** Lists of values (spec: Custom fields, lookups, and views). */
export default router<LioCaller>("/api/custom-lookups")
  .get(
    "/list",
    scope("read"),
    list(lookup, {
      id: "listLookups",
      summary: "List lookup values",
      plural: "Lookups",
      filters: {
        module_name: equal("module_name"),
        type: equal("type"),
        is_active: filter(
          flag,
          (value) => ({ is: "equal", column: "is_active", value: String(value) }),
        ),
        parent_id: filter(
          oneNumber,
          (value) => ({ is: "equal", column: "parent_number", value }),
        ),
        search_value: containingWords("name"),
      },
      sorts: ["id", "name", "created_at"],
    }),
  )
  .post("/add", scope("manage"), create(records))
  .post("/update/:id", scope("manage"), update(records));
