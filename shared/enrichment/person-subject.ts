import { domainToUnicode } from "node:url";
import { type Sql, sql, statement } from "../db/sql.ts";
import type { Rows, Statement } from "../db/wire/pipeline.ts";
import { rowsOf } from "../db/wire/rows.ts";
import type { EnrichmentQuery } from "../providers/enrichment/enrichment.ts";
import { PERSON, storedFields } from "./fields.ts";
import { type Enriched, enriched } from "./enriched.ts";
import { type LookedUp, queryOf } from "./look-up.ts";
import { derivedOfPerson, domainsOf, type Person, type PersonDomains } from "./person.ts";

/** What runs statements: a workspace's read, or a transaction. */
export type Read = (statements: readonly Statement[]) => Promise<Rows[]>;

/** What is given of a person. */
export type GivenPerson = Partial<
  Record<"email" | "linkedin_url" | "name" | "company" | "domain", string | null | undefined>
>;

/** A person who is to be enriched. */
export interface PersonSubject {
  /** The lead that is filled; null where nothing is to be stored. */
  leadId: string | null;
  domains: PersonDomains;
  query: EnrichmentQuery | null;
  /** The fields that follow from what is known. */
  derived: Record<string, string>;
}

/** The person who is given, with what the lead of a number tells besides; null for no such lead. */
export async function personSubject(
  read: Read,
  given: GivenPerson,
  lead: number | null,
): Promise<PersonSubject | null> {
  const of = lead === null ? null : await leadOf(read, lead);
  if (of === null && lead !== null) return null;
  const { email = null, linkedin_url = null, name = null, company = null, domain = null } = given;
  const known: Person = {
    email: email ?? of?.email ?? null,
    linkedin_url: linkedin_url ?? of?.linkedin_url ?? null,
    name: name ?? of?.name ?? null,
    company: company ?? of?.company ?? null,
    domain,
    phone: of?.phone ?? null,
    website: of?.website ?? null,
  };
  const domains = domainsOf(known);
  const { phone: _, website: __, ...asked } = known;
  // A lead's own names tell nothing that it has not.
  const own = { email: known.email, name, phone: known.phone };
  const derived = derivedOfPerson(own, await companyAt(read, domains.ofCompany));
  return {
    leadId: of?.id ?? null,
    domains,
    query: queryOf("person", { ...asked, domain: domain ?? domains.ofCompany }),
    derived: storedFields(PERSON, derived),
  };
}

/** What was derived and found of a person: what follows from a phone number that was found is derived as well. */
export function enrichedPerson(
  { derived }: PersonSubject,
  { fields }: Pick<LookedUp, "fields">,
): Enriched {
  const phone = fields.phone_number ?? null;
  return enriched(
    { ...derivedOfPerson({ email: null, name: null, phone }, null), ...derived },
    fields,
  );
}

type LeadRow = { id: string } & Omit<Person, "domain">;

async function leadOf(read: Read, number: number): Promise<LeadRow | null> {
  const [lead] = await rowsOfQuery<LeadRow>(
    read,
    sql`select l.id, l.email, l.linkedin_url, l.phone, l.website, c.name as company,
        nullif(concat_ws(' ', l.first_name, l.last_name), '') as name
      from crm.leads l left join crm.companies c on c.id = l.company_id
      where l.number = ${number}`,
  );
  return lead ?? null;
}

// Domains are stored in ASCII, but for those that came with an address.
async function companyAt(read: Read, domain: string | null): Promise<string | null> {
  if (domain === null) return null;
  const forms = [domain, domainToUnicode(domain)];
  const [company] = await rowsOfQuery<{ name: string }>(
    read,
    sql`select name from crm.companies where domain = any(${forms}::text[]) order by number limit 1`,
  );
  return company?.name ?? null;
}

async function rowsOfQuery<T extends object>(read: Read, query: Sql): Promise<T[]> {
  const [rows] = await read([statement(query)]);
  return rowsOf<T>(rows);
}
