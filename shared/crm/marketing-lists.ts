import { sql, statement } from "../db/sql.ts";
import type { Statement } from "../db/wire/pipeline.ts";
import { searchPatterns } from "./lists/statements.ts";

/** Contacts by what they have in common; all of what is given holds. */
export interface ContactFilter {
  /** Words that must all occur in names and email. */
  search?: string | undefined;
  /** The company that they are with. */
  companyId?: string | undefined;
  /** What that company is to the workspace. */
  relationship?: string | undefined;
}

/** Whom to add to a marketing list. */
export interface Selection {
  contactIds: readonly string[];
  /** Deals, whose contacts are meant. */
  dealIds: readonly string[];
  filter: ContactFilter | null;
}

/**
 * Adds contacts to a marketing list: one row with `added`, `already_on_list`, `suppressed`, `not_found` and
 * `total`; none when there is no such list.
 */
export function listAddition(listId: string, selection: Selection): Statement {
  const { contactIds, dealIds, filter } = selection;
  return statement(sql`
    select * from app.add_to_marketing_list(${listId}, ${contactIds}::uuid[], ${dealIds}::uuid[],
      ${filter && JSON.stringify(stored(filter))}::jsonb)`);
}

function stored({ search = "", companyId, relationship }: ContactFilter) {
  const [longest, ...words] = searchPatterns(search, true);
  return {
    ...(longest === undefined ? {} : { longest, words }),
    ...(companyId === undefined ? {} : { company_id: companyId }),
    ...(relationship === undefined ? {} : { relationship }),
  };
}
