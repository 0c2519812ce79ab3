import { stringify } from "lossless-json";
import * as z from "zod";
import { type Sql, sql } from "../db/sql.ts";
import type { Work } from "./bulk.ts";
import * as column from "./column.ts";
import { companies } from "./companies.ts";
import type { Fields } from "./plan.ts";
import { resource, TIME_SORTS, type WritableResource } from "./resource.ts";
import { countryOrName } from "./values/country-name.ts";
import { domain, email } from "./values/fields.ts";
import * as answer from "./values/record-schema.ts";

const { status: _, state: __, ...own } = companies.columns;

/** Companies with what LIO knows of them. */
export const companyDetails: WritableResource = resource({
  record: "company",
  name: "companies",
  table: "crm.companies",
  columns: {
    ...own,
    country: column.of(answer.text, countryOrName),
    address: column.text(500),
    contact_email: column.of(answer.text, email),
    summary: column.text(20_000),
    rating: column.of(z.int().min(1).max(5).nullable(), rating),
    owner_id: column.readOnly(answer.link),
  },
  keys: ["domain"],
  search: "app.search_companies",
  sorts: {
    ...TIME_SORTS,
    number: { column: "number", type: "bigint", unique: true },
    name: { column: "name", type: "text" },
    rating: { column: "rating_key", type: "smallint" },
  },
  constraints: companies.constraints,
});

function rating() {
  const message = "Must be a whole number from 1 to 5";
  return z.int(message).min(1, message).max(5, message);
}

/** The columns that are given, with the domain of a website. */
function withDomain(columns: Fields): Fields {
  if (columns.website === undefined) return columns;
  const { data = null } = domain().safeParse(columns.website);
  return { ...columns, domain: data };
}

/** The query that makes a company of columns, and answers its `id`. */
export function companyCreation(columns: Fields): Sql {
  return sql`select app.create_company_details(${stringify(withDomain(columns))}::jsonb) as id`;
}

/** The query that changes the company with a number, and answers its `id`. */
export function companyChange(number: number, columns: Fields): Sql {
  return sql`select id from app.change_company_details(${number}, ${
    stringify(withDomain(columns))
  }::jsonb) id`;
}

/** Deletes companies. */
export const deletionOfCompanies: Work = (ids) => sql`app.delete_companies(${ids})`;

/**
 * The query that adds companies up whose ids another query answers. Its one row has `stats`, JSON text.
 */
export function statsOf(ids: Sql): Sql {
  const by = (grouping: Sql, name: string) =>
    sql`(select coalesce(json_agg(json_build_object(${sql.literal(name)}, one, 'count', count)
        order by count desc, one), '[]')
      from (select ${grouping} as one, count(*) as count from chosen group by 1) grouped)`;
  return sql`with chosen as materialized (
      select id, industry, country, size, rating from crm.companies where id in (${ids})
    ), sold as materialized (
      select company_id, outcome, sum(value) as value from crm.deals
      where company_id in (select id from chosen) group by 1, 2
    )
    select json_build_object(
      'total', (select count(*) from chosen),
      'with_contacts', (select count(*) from chosen where exists (
        select from crm.contacts c where c.company_id = chosen.id)),
      'with_open_deals', (select count(*) from sold where outcome = 'open'),
      'average_rating', (select round(avg(rating), 2) from chosen),
      'open_deal_value', (select coalesce(sum(value), 0) from sold where outcome = 'open'),
      'won_deal_value', (select coalesce(sum(value), 0) from sold where outcome = 'won'),
      'by_industry', ${by(sql`industry`, "industry_type")},
      'by_country', ${by(sql`country`, "country")},
      'by_employee_size', ${by(sql`size`, "employee_size")})::text as stats`;
}
