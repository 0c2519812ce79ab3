import * as z from "zod";
import * as column from "./column.ts";
import { companies } from "./companies.ts";
import { resource, type WritableResource } from "./resource.ts";

/** What a company is to the workspace. */
export const RELATIONSHIPS = ["prospect", "customer", "vendor", "both"] as const;

/** Whether the workspace still has to do with it. */
export const LIFECYCLES = ["active", "inactive"] as const;

const { columns, sorts, constraints } = companies;

/** Companies with what they are to the workspace, which the native API does not show. */
export const companyRelations: WritableResource = resource({
  record: "company",
  name: "companies",
  table: "crm.companies",
  columns: {
    ...columns,
    relationship: column.of(
      z.enum(RELATIONSHIPS),
      () => z.enum(RELATIONSHIPS, `Must be one of ${RELATIONSHIPS.join(", ")}`),
    ),
    owner_id: column.link("user"),
    lifecycle: column.readOnly(z.enum(LIFECYCLES)),
  },
  keys: ["domain"],
  counted: ["industry", "relationship", "owner_id", "lifecycle"],
  search: "app.search_company_names",
  sorts: {
    ...sorts,
    name: { column: "name", type: "text", within: ["relationship", "owner_id", "lifecycle"] },
  },
  constraints,
});
