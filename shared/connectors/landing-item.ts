import { givenColumns } from "../crm/contact-ingest.ts";
import type { Fields } from "../crm/plan.ts";
import { phoneKeys } from "../crm/values/phone-number.ts";

/** What app.land takes: the records that a connector's fields are about, by what names them. */
export interface Item {
  contact: Fields;
  company: Fields;
  deal: Fields;
  activity?: Fields;
  /** The columns of the contact that are given only for want of a better value. */
  defaults?: string[];
  /** How the contact's phone number may be stored, as app.phone_key has it. */
  phones: string[];
}

/**
 * The records behind the fields of the target contact; a message becomes a note on the contact. Of a
 * contact that is known, the fields that are defaulted change nothing but what is empty. Phone numbers
 * without a country code are dialled in the country.
 */
export function contactItem(
  mapped: Fields,
  defaulted: readonly string[],
  country: string | null,
): Item {
  const { contact_id, company_id, company_name, company_domain, deal_id, message, source } = mapped;
  const note = { type: "note", title: "Message", description: message };
  const ofCompany = ["company_id", "company_name", "company_domain"].filter((field) =>
    mapped[field] != null
  );
  const known = ofCompany.length === 0 || ofCompany.some((field) => !defaulted.includes(field));
  return {
    contact: {
      ...givenColumns(mapped, [company_id, company_name, company_domain]),
      ...given({ id: contact_id }),
    },
    company: given({ id: company_id, name: company_name, domain: company_domain }),
    deal: given({ id: deal_id, ...dealColumns(mapped) }),
    ...(message ? { activity: { ...note, data: given({ source }) } } : {}),
    defaults: known ? [...defaulted] : [...defaulted, "company_id"],
    phones: phonesOf(mapped.phone, country),
  };
}

/** The activity, and the records that it is to be linked to. */
export function activityItem(mapped: Fields, country: string | null): Item {
  const { type, title, description, timestamp, data } = mapped;
  return {
    contact: given({
      id: mapped.contact_id,
      email: mapped.entity_email,
      phone: mapped.contact_phone,
      first_name: mapped.contact_first_name,
      last_name: mapped.contact_last_name,
    }),
    company: given({
      id: mapped.company_id,
      name: mapped.company_name,
      domain: mapped.entity_domain,
    }),
    deal: given({ id: mapped.entity_id, ...dealColumns(mapped) }),
    activity: given({ type, title, description, timestamp, data }),
    phones: phonesOf(mapped.contact_phone, country),
  };
}

function phonesOf(phone: unknown, country: string | null): string[] {
  return typeof phone === "string" ? phoneKeys(phone, country) : [];
}

function dealColumns({ deal_title, deal_value, deal_currency, deal_stage }: Fields): Fields {
  return { title: deal_title, value: deal_value, currency: deal_currency, stage: deal_stage };
}

function given(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null));
}
