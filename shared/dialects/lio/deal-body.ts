import type * as z from "zod";
import type { Write } from "../../crm/column.ts";
import type { Fields } from "../../crm/plan.ts";
import { money } from "../../crm/values/amounts.ts";
import { calendarDate, optional } from "../../crm/values/fields.ts";
import type { Given } from "../../crm/views/view.ts";
import { lazy } from "../../memory/lazy.ts";
import { id } from "./given.ts";

const value = lazy(() =>
  money().refine((digits) => Number(digits) >= 1, "Must be 1 or more").meta({
    minimum: 1,
    exclusiveMinimum: undefined,
  })
);

/** What a deal is made of beside its columns. */
export function dealParts(write: Write): z.ZodRawShape {
  // Null is what one is answered with that another API made without it.
  const needed = <T extends z.ZodType>(check: T) => write === "creation" ? check : optional(check);
  return {
    lead_id: needed(id()),
    pipeline_id: needed(id()),
    stage_id: needed(id()),
    value: needed(value()),
    expected_close_date: needed(calendarDate()),
    assigned_to: optional(id()),
  };
}

/** What is given of a deal, as the core takes it (SQL: app.stored_deal). */
export function dealGiven({ columns }: Given, values: Fields): Fields {
  const parts = Object.keys(dealParts("change")).filter((name) => values[name] !== undefined);
  return { ...columns, ...Object.fromEntries(parts.map((name) => [name, values[name]])) };
}
