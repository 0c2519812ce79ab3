import * as z from "zod";
import * as column from "./column.ts";
import { contacts } from "./contacts.ts";
import { resource, type WritableResource } from "./resource.ts";

const { columns, constraints } = contacts;
const { signal_strength: _, status: __, ...own } = columns;

/** Contacts with what the native API does not show: whether they want mail. */
export const contactRelations: WritableResource = resource({
  record: "contact",
  name: "contacts",
  table: "crm.contacts",
  columns: { ...own, unsubscribed: column.of(z.boolean(), () => z.boolean()) },
  search: "app.search_contact_names",
  sorts: { last_name: { column: "last_name_key", type: "text" } },
  constraints: {
    ...constraints,
    company_memberships_company_id_fkey: {
      field: "company_id",
      message: "No company with this id.",
    },
  },
});
