import * as z from "zod";
import { activities } from "../../crm/activities.ts";
import { companies } from "../../crm/companies.ts";
import { companyMemberships } from "../../crm/company-memberships.ts";
import { contacts } from "../../crm/contacts.ts";
import { deals } from "../../crm/deals.ts";
import { type Condition, equalTo } from "../../crm/lists/conditions.ts";
import { dueTasks } from "../../crm/logged.ts";
import type { Fields } from "../../crm/plan.ts";
import { TIME_SORTS } from "../../crm/resource.ts";
import type { Scope } from "../../crm/scopes.ts";
import { email, uuid } from "../../crm/values/fields.ts";
import { loadRegistries } from "../../crm/values/registries.ts";
import { sql } from "../../db/sql.ts";
import { scope } from "../../http/operation.ts";
import { lazy } from "../../memory/lazy.ts";
import { RecordNotFound } from "../../refusals/errors.ts";
import { cursor, limit } from "./arguments.ts";
import type { McpCall } from "./caller.ts";
import { type Part, readParts } from "./parts.ts";
import { readLists } from "./read-lists.ts";
import { READS, tool } from "./tool.ts";
import { listOf } from "./tool-schemas.ts";

const input = lazy(() =>
  z.strictObject({
    contact_id: uuid().optional(),
    email: email().optional(),
    limit: limit(),
    cursor: cursor(),
  }).refine(
    (given) => (given.contact_id === undefined) !== (given.email === undefined),
    { path: ["contact_id"], message: "Give either contact_id or email" },
  )
);

const output = lazy(() =>
  z.object({
    contact: contacts.schema,
    companies: listOf(companies).optional(),
    memberships: listOf(companyMemberships).optional(),
    open_deals: listOf(deals).optional(),
    tasks_to_do: listOf(dueTasks).optional(),
    activities: listOf(activities).optional(),
    not_covered: z.array(z.string()),
  })
);

/** What is known of one contact. */
export const personHistory = tool({
  name: "person_history",
  title: "What is known of a person",
  description:
    "Tells of one contact, by id or email, also one of a contact that was merged into it: the record, the companies it is and was with, open deals, " +
    "tasks to do and the last activities, newest first. What else than the record is told if " +
    "the key may read it; not_covered names the scopes it lacks.",
  scope: scope<Scope>("contacts:read"),
  annotations: READS,
  input,
  output,
  prepare: loadRegistries,
  async run(call, { contact_id, email: address, limit: size, cursor: at }) {
    const contact = await contactBy(
      call,
      contact_id === undefined ? "email" : "id",
      contact_id ?? address ?? "",
    );
    return { contact, ...await readParts(call, partsOf(contact, size), at) };
  },
});

async function contactBy(call: McpCall, by: "id" | "email", value: string): Promise<Fields> {
  const { found: { items: [contact] } } = await readLists(call, {
    found: {
      resource: contacts,
      conditions: [equalTo(contacts, by, value)],
      sort: "created_at",
      order: "desc",
      size: 1,
    },
  });
  if (contact === undefined) throw new RecordNotFound("contact", value, by);
  return contact;
}

function partsOf({ id }: Fields, size: number): Record<string, Part> {
  const newest = { sort: "created_at", order: "desc" as const, size };
  const theirs = { is: "equal" as const, column: "contact_id", value: String(id) };
  return {
    companies: {
      scope: "companies:read",
      resource: companies,
      conditions: [companiesOf(String(id))],
      ...newest,
    },
    memberships: {
      scope: "companies:read",
      resource: { ...companyMemberships, sorts: TIME_SORTS },
      conditions: [theirs],
      ...newest,
    },
    open_deals: {
      scope: "deals:read",
      resource: deals,
      conditions: [theirs, { is: "equal", column: "status", value: "open" }],
      ...newest,
    },
    tasks_to_do: {
      scope: "tasks:read",
      resource: dueTasks,
      conditions: [theirs, { is: "equal", column: "is_done", value: "false" }],
      sort: "due_date",
      order: "asc",
      size,
    },
    activities: { scope: "activities:read", resource: activities, conditions: [theirs], ...newest },
  };
}

const companiesOf = (value: string): Condition => ({
  is: "query",
  shape: "companies of a contact",
  columns: ["id"],
  value,
  met: (contact) =>
    sql`id in (select company_id from crm.company_memberships where contact_id = ${contact}::uuid)`,
  hits: {
    column: "id",
    values: (contact) =>
      sql`select distinct company_id as hit from crm.company_memberships
        where contact_id = ${contact}::uuid`,
  },
});
