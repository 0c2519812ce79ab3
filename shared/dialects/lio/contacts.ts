import { contactChange, contactCreation, deletionOfContacts } from "../../crm/contact-details.ts";
import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import { type LioCaller, userOf } from "./caller.ts";
import { contactGiven, contactParts } from "./contact-body.ts";
import { changeContacts } from "./contact-bulk.ts";
import { listing } from "./contact-list.ts";
import { contact } from "./contact-view.ts";
import { list } from "./lists.ts";
import { create, type Records, retrieve, update } from "./records.ts";
import { removeMany, removeOneOrMany } from "./removal.ts";

const records: Records = {
  view: contact,
  names: { one: "contact", id: "Contact" },
  more: contactParts,
  conflicts: ["creation", "change"],
  create: (given, values, { caller }) =>
    contactCreation({ ...contactGiven(given, values), owner_id: userOf(caller).userId }),
  change: (number, given, values) => contactChange(number, contactGiven(given, values)),
};

const removed = {
  view: contact,
  listing,
  work: deletionOfContacts,
  names: { id: "Contact", plural: "contacts" },
};

const read = scope("read");
const write = scope("write");
const manage = scope("manage");

/** Contacts (spec: Contacts and companies). */
export default router<LioCaller>("/api/contact")
  .get("/list", read, list(contact, listing))
  .get("/view/:id", read, retrieve(records))
  .post("/add", write, create(records))
  .post("/update/:id", write, update(records))
  .post("/bulk-update", write, changeContacts)
  .delete("/delete/:id", manage, removeOneOrMany(removed))
  .delete("/delete", manage, removeMany(removed));
