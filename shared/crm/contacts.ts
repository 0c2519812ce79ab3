import { z } from "zod";
import { email, phone, text, uuid } from "./fields.ts";
import { resource } from "./resource.ts";

/** Contacts (spec: Contacts). */
export const contacts = resource({
  record: "contact",
  name: "contacts",
  table: "crm.contacts",
  columns: [
    "id",
    "first_name",
    "last_name",
    "email",
    "phone",
    "title",
    "company_id",
    "source",
    "status",
    "signal_strength",
    "created_at",
    "updated_at",
  ],
  update: z.strictObject({
    first_name: text(255).nullable().optional(),
    last_name: text(255).nullable().optional(),
    email: email.nullable().optional(),
    phone: phone.nullable().optional(),
    title: text(255).nullable().optional(),
    company_id: uuid.nullable().optional(),
    source: text(255).nullable().optional(),
    status: text(64).optional(),
  }),
  filters: {
    email: z.string().trim().toLowerCase(),
    company_id: uuid,
    status: z.string(),
  },
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
    contacts_company_id_fkey: { field: "company_id", message: "No company with this id." },
  },
});
