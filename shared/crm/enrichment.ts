import { type Sql, sql } from "../db/sql.ts";
import type { Fields } from "./plan.ts";

type Texts = Readonly<Record<string, string>>;

/** The query that fills what a lead has empty (SQL: app.fill_lead): the columns that were `filled`, null for no lead. */
export function leadFilling(
  id: string,
  columns: Texts,
  domain: string | null,
  sources: Texts,
): Sql {
  return sql`select app.fill_lead(${id}::uuid, ${JSON.stringify(columns)}::jsonb, ${domain},
    ${JSON.stringify(sources)}::jsonb) as filled`;
}

/** The query that fills what a company has empty (SQL: app.fill_company), likewise. */
export function companyFilling(id: string, columns: Texts, websiteDomain: string | null): Sql {
  return sql`select app.fill_company(
    ${id}::uuid, ${JSON.stringify(columns)}::jsonb, ${websiteDomain}) as filled`;
}

/** What was found of a person, and who they are known to be. */
export interface FoundPerson {
  email: string | null;
  profile: string | null;
  columns: Texts;
  /** Of a company that is made for them. */
  domain: string | null;
  sources: Texts;
  /** The lead that is made of a profile without one: fields of app.create_unique_lead. */
  creation: Fields;
}

/** The query that puts it where it belongs (SQL: app.place_enriched): the `lead` and the `outcome`. */
export function personPlacing(
  { email, profile, columns, domain, sources, creation }: FoundPerson,
): Sql {
  return sql`select lead, outcome from app.place_enriched(${email}, ${profile},
    ${JSON.stringify(columns)}::jsonb, ${domain}, ${JSON.stringify(sources)}::jsonb,
    ${JSON.stringify(creation)}::jsonb)`;
}
