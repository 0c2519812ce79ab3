import { countryOrName } from "../../crm/values/country-name.ts";
import { filterText } from "../../crm/values/fields.ts";
import { sql } from "../../db/sql.ts";
import { filter } from "../../operations/filters.ts";
import type { LioCaller } from "./caller.ts";
import { my } from "./contact-list.ts";
import { oneOfNumbers } from "./filters.ts";
import type { Listing } from "./lists.ts";

const industry = filter<string, LioCaller>(filterText, (value) => ({
  is: "query",
  shape: "industry",
  columns: ["industry"],
  value,
  met: (given) =>
    sql`lower(industry collate "und-x-icu") = lower(${given}::text collate "und-x-icu")`,
}));

const country = filter<string, LioCaller>(
  countryOrName,
  (value) => ({ is: "equal", column: "country", value }),
);

/** How companies are listed (spec: Contacts and companies). */
export const listing: Listing = {
  id: "listCompanies",
  summary: "List companies",
  plural: "Companies",
  filters: {
    my,
    company_id: oneOfNumbers("number"),
    industry_type: industry,
    industry,
    country,
  },
  search: true,
  sorts: ["id", "company_name", "rating", "created_at", "updated_at"],
};
