import { sql, statement } from "../db/sql.ts";
import { rowsOf } from "../db/wire/rows.ts";
import type { EnrichmentQuery } from "../providers/enrichment/enrichment.ts";
import type { Company } from "./company.ts";
import { derivedOfCompany } from "./company.ts";
import { queryOf } from "./look-up.ts";
import type { Read } from "./person-subject.ts";

/** A company that is to be enriched. */
export interface CompanySubject {
  id: string;
  company: Company;
  query: EnrichmentQuery | null;
}

/** The company of a number; null for none. */
export async function companySubject(read: Read, number: number): Promise<CompanySubject | null> {
  const [rows] = await read([statement(sql`
    select id, name, domain, website, contact_email as email, phone from crm.companies
    where number = ${number}`)]);
  const [found] = rowsOf<Company & { id: string }>(rows);
  if (found === undefined) return null;
  const { id, ...company } = found;
  const { name, domain, email } = company;
  const told = domain ?? derivedOfCompany(company).domain ?? null;
  const query = queryOf("company", {
    email,
    linkedin_url: null,
    name,
    company: null,
    domain: told,
  });
  return { id, company, query };
}
