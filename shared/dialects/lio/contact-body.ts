import type * as z from "zod";
import type { Write } from "../../crm/column.ts";
import type { Fields } from "../../crm/plan.ts";
import { label, optional } from "../../crm/values/fields.ts";
import type { Given } from "../../crm/views/view.ts";
import { id, tags } from "./given.ts";

/** What a contact is made of beside its columns. */
export function contactParts(write: Write): z.ZodRawShape {
  const parts = { lead_id: optional(id()) };
  if (write === "creation") {
    return {
      ...parts,
      name: label(255),
      company_id: id(),
      status: optional(id()),
      tags: optional(tags()),
    };
  }
  return {
    ...parts,
    name: label(255).optional(),
    // Null is what one is answered with that another API made without a company.
    company_id: optional(id()),
    status: id().optional(),
    tags: tags().optional(),
  };
}

/** What is given of a contact, as the core takes it (SQL: app.stored_contact). */
export function contactGiven({ columns }: Given, values: Fields): Fields {
  const parts = Object.keys(contactParts("change")).filter((name) => values[name] !== undefined);
  return { ...columns, ...Object.fromEntries(parts.map((name) => [name, values[name]])) };
}
