import { companyRelations, LIFECYCLES, RELATIONSHIPS } from "../../crm/company-relations.ts";
import { column } from "../../crm/views/codecs.ts";
import { alteration } from "../../crm/views/statements.ts";
import { type Given, view } from "../../crm/views/view.ts";
import { sql } from "../../db/sql.ts";
import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import { equal, oneOf } from "../../operations/filters.ts";
import type { CrmCaller } from "./caller.ts";
import { lifecycle } from "./codecs.ts";
import { listCompanyContacts } from "./company-contacts.ts";
import { ownedBy } from "./filters.ts";
import { list } from "./lists.ts";
import { create, type Records, retrieve, update } from "./records.ts";

/** A company as this API names it (decisions C2). */
export const company = view(companyRelations, {
  id: column(),
  name: column(),
  relationship: column(),
  lifecycle: lifecycle(),
  ownerId: column("owner_id"),
  domain: column(),
  industry: column(),
  size: column(),
  website: column(),
  phone: column(),
  city: column(),
  state: column(),
  country: column(),
  createdAt: column("created_at"),
  updatedAt: column("updated_at"),
});

const companies: Records = {
  view: company,
  names: { one: "company", id: "Company" },
  parameter: "company_id",
  conflicts: ["creation", "change"],
  change: (id, given) => alteration(company, id, withItsWord(given)),
};

// A status of the workspace's own stays where the company is active already.
function withItsWord({ columns, links }: Given): Given {
  const { status, ...others } = columns;
  if (status === undefined) return { columns, links };
  const kept = sql`case lifecycle when ${status} then status else ${status} end`;
  return { columns: { ...others, status: kept }, links };
}

/** Companies (spec: companies). */
export default router<CrmCaller>("/api/crm/companies")
  .get(
    "/",
    scope("read:crm"),
    list(company, {
      id: "listCompanies",
      summary: "List companies",
      plural: "companies",
      filters: {
        relationship: equal("relationship", oneOf(RELATIONSHIPS)),
        lifecycle: equal("lifecycle", oneOf(LIFECYCLES)),
        owner: ownedBy("owner_id"),
      },
      search: true,
      sort: "name",
      order: "asc",
    }),
  )
  .post("/", scope("write:crm"), create(companies))
  .get("/:company_id", scope("read:crm"), retrieve(companies))
  .patch("/:company_id", scope("write:crm"), update(companies))
  .get("/:company_id/contacts", scope("read:crm"), listCompanyContacts);
