import * as z from "zod";
import { percentage } from "./values/percentage.ts";
import * as column from "./column.ts";
import { email, phone } from "./values/fields.ts";
import * as answer from "./values/record-schema.ts";
import { changeRecord } from "./records.ts";
import { resource, TIME_SORTS, type UpdatableResource } from "./resource.ts";

/** Contacts (spec: Contacts). What can be given at creation, ingest takes. */
export const contacts: UpdatableResource = resource({
  record: "contact",
  name: "contacts",
  table: "crm.contacts",
  columns: {
    id: column.id,
    first_name: column.text(255),
    last_name: column.text(255),
    email: column.of(answer.text, email, { filter: column.emailFilter }),
    phone: column.of(answer.text, phone),
    title: column.text(255),
    company_id: column.link("company"),
    source: column.text(255),
    status: column.status({ only: "change" }),
    signal_strength: column.of(z.number().min(0).max(100).nullable(), percentage, {
      only: "creation",
    }),
    created_at: column.time,
    updated_at: column.time,
  },
  filters: ["email", "company_id", "status"],
  keys: ["email"],
  knownBy: "email",
  counted: ["status"],
  search: "app.find_contacts",
  searchesPhones: true,
  sorts: {
    ...TIME_SORTS,
    first_name: { column: "first_name_key", type: "text" },
    last_name: { column: "last_name_key", type: "text" },
    email: { column: "email_key", type: "text" },
  },
  constraints: {
    contacts_email_key: { field: "email", message: "Another contact has this email." },
  },
  change: (id, given) => changeRecord(contacts, id, given),
});
