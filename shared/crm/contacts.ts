import * as z from "zod";
import { email, filterText, ifGiven, optional, phone, text, uuid } from "./values/fields.ts";
import * as answer from "./values/record-schema.ts";
import { linkErrors, resource, type UpdatableResource } from "./resource.ts";

/** Contacts (spec: Contacts). */
export const contacts: UpdatableResource = resource({
  record: "contact",
  name: "contacts",
  table: "crm.contacts",
  schema: z.object({
    id: answer.id,
    first_name: answer.text,
    last_name: answer.text,
    email: answer.text,
    phone: answer.text,
    title: answer.text,
    company_id: answer.link,
    source: answer.text,
    status: z.string(),
    signal_strength: z.number().min(0).max(100).nullable(),
    created_at: answer.timestamp,
    updated_at: answer.timestamp,
  }),
  get update() {
    return z.strictObject({
      first_name: optional(text(255)),
      last_name: optional(text(255)),
      email: optional(email()),
      phone: optional(phone()),
      title: optional(text(255)),
      company_id: optional(uuid()),
      source: optional(text(255)),
      status: ifGiven(text(64)),
    });
  },
  get filters() {
    return {
      email: filterText().trim().toLowerCase(),
      company_id: uuid(),
      status: filterText(),
    };
  },
  keys: ["email"],
  counted: ["status"],
  search: "app.search_contacts",
  sorts: {
    created_at: { column: "created_at", type: "timestamptz" },
    updated_at: { column: "updated_at", type: "timestamptz" },
    first_name: { column: "first_name_key", type: "text" },
    last_name: { column: "last_name_key", type: "text" },
    email: { column: "email_key", type: "text" },
  },
  constraints: {
    contacts_email_key: { field: "email", message: "Another contact has this email." },
    ...linkErrors("contacts", { company_id: "company" }),
  },
});
