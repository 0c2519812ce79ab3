import { stringify } from "lossless-json";
import { sql } from "../../db/sql.ts";
import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import type { CrmCaller } from "./caller.ts";
import { contact } from "./contact-view.ts";
import { linkedBy, list } from "./lists.ts";
import {
  addMembership,
  changeMembership,
  listMemberships,
  removeMembership,
} from "./memberships.ts";
import { create, type Records, remove, retrieve, update } from "./records.ts";

const contacts: Records = {
  view: contact,
  names: { one: "contact", id: "Contact" },
  parameter: "contact_id",
  conflicts: ["creation", "change"],
  create: ({ columns }) => sql`select app.create_contact(${stringify(columns)}::jsonb) as id`,
  change: (id, { columns }) =>
    sql`select id from app.change_contact(${id}, ${stringify(columns)}::jsonb) id`,
};

const read = scope("read:crm");
const write = scope("write:crm");
const MEMBERSHIPS = "/:contact_id/company-memberships";
const MEMBERSHIP = `${MEMBERSHIPS}/:membership_id`;

/** Contacts, and the companies they are and were with (spec: contacts). */
export default router<CrmCaller>("/api/crm/contacts")
  .get(
    "/",
    read,
    list(contact, {
      id: "listContacts",
      summary: "List contacts",
      plural: "contacts",
      filters: { companyId: linkedBy("company_id") },
      search: true,
      sort: "lastName",
      order: "asc",
    }),
  )
  .post("/", write, create(contacts))
  .get("/:contact_id", read, retrieve(contacts))
  .patch("/:contact_id", write, update(contacts))
  .delete("/:contact_id", write, remove(contacts))
  .get(MEMBERSHIPS, read, listMemberships)
  .post(MEMBERSHIPS, write, addMembership)
  .patch(MEMBERSHIP, write, changeMembership)
  .delete(MEMBERSHIP, write, removeMembership);
