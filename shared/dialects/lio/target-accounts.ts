import { contactAddition, outreachCreation } from "../../crm/account-contacts.ts";
import type { Write } from "../../crm/column.ts";
import type { Fields } from "../../crm/plan.ts";
import { accountChange, accountCreation, targetAccounts } from "../../crm/target-accounts.ts";
import { optional } from "../../crm/values/fields.ts";
import { instant } from "../../crm/values/instant.ts";
import { ignored } from "../../crm/views/body.ts";
import type { Given } from "../../crm/views/view.ts";
import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import type { LioCaller } from "./caller.ts";
import { id } from "./given.ts";
import { list } from "./lists.ts";
import { pathNumber } from "./reading.ts";
import { create, type Records, remove, retrieve, update } from "./records.ts";
import { targetAccountDetail } from "./target-account-detail.ts";
import { listTargetAccounts } from "./target-account-list.ts";
import { mailAccountContacts } from "./target-account-mail.ts";
import { accountContact, outreachStep, targetAccount } from "./target-account-view.ts";

const names = { one: "target account", id: "TargetAccount" };
const parent = { resource: targetAccounts, parameter: "id", column: "target_account_id" };

// An account can be sent back as it was read.
const shownBeside = { contacts: ignored(), deals: ignored(), recent_activity: ignored() };

const records: Records = {
  view: targetAccount,
  names,
  conflicts: ["creation"],
  more: (write: Write) => ({
    owner_id: optional(id()),
    ...(write === "creation" ? { company_id: id() } : shownBeside),
  }),
  create: (given, values) => accountCreation(withParts(given, values, ["company_id", "owner_id"])),
  change: (number, given, values) => accountChange(number, withParts(given, values, ["owner_id"])),
};

const people: Records = {
  view: accountContact,
  names: { one: "contact of the account", id: "AccountContact" },
  parent,
  conflicts: ["creation"],
  more: () => ({ contact_id: id() }),
  create: ({ columns }, { contact_id }, call) =>
    contactAddition(pathNumber(call, "id"), Number(contact_id), columns),
};

const outreach: Records = {
  view: outreachStep,
  names: { one: "outreach step", id: "OutreachStep" },
  parent,
  more: () => ({ contact_id: id(), scheduled_at: instant(), assigned_to: optional(id()) }),
  create: (given, values, call) =>
    outreachCreation(
      pathNumber(call, "id"),
      withParts(given, values, ["contact_id", "scheduled_at", "assigned_to"]),
    ),
};

function withParts({ columns }: Given, values: Fields, parts: readonly string[]): Fields {
  const found = parts.filter((name) => values[name] !== undefined);
  return { ...columns, ...Object.fromEntries(found.map((name) => [name, values[name]])) };
}

const read = scope("read");
const write = scope("write");
const manage = scope("manage");

/** Target accounts (spec: Target accounts). */
export default router<LioCaller>("/api/target-accounts")
  .get("/", read, listTargetAccounts)
  .post("/", manage, create(records))
  .get("/:id", read, retrieve({ view: targetAccountDetail, names }))
  .patch("/:id", manage, update(records))
  .delete("/:id", manage, remove(records))
  .post("/:id/contacts", write, create(people))
  .get(
    "/:id/outreach-plans",
    read,
    list(outreachStep, {
      id: "listOutreachSteps",
      summary: "List the outreach steps of a target account",
      plural: "Outreach steps",
      parent,
      order: { by: "scheduled_at", way: "asc" },
      sorts: ["id", "scheduled_at", "created_at"],
    }),
  )
  .post("/:id/outreach-plans", write, create(outreach))
  .post("/:id/send-bulk-email", write, mailAccountContacts);
