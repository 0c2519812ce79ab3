import type { IngestInput } from "../../shared/crm/contact-ingest.ts";

/** A pseudo-random source that a seed repeats (mulberry32). */
export function seededRandom(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return {
    below: (limit: number) => Math.floor(next() * limit),
    one: <T>(choices: readonly T[]): T => choices[Math.floor(next() * choices.length)]!,
  };
}

interface Company {
  name: string;
  domain: string | null;
}

interface Contact {
  fields: Record<string, unknown>;
  company: Company | null;
}

const FIELDS = [
  "first_name",
  "last_name",
  "email",
  "phone",
  "title",
  "source",
  "signal_strength",
] as const;

/** Ingest as the spec tells it, one item after the other, on plain objects. */
export class IngestModel {
  readonly companies: Company[] = [];
  readonly contacts: Contact[] = [];
  readonly notes: { text: string; contact: Contact; company: Company | null }[] = [];

  /** Ingests an item; answers whether the contact and the company are new. */
  ingest(input: IngestInput): { created: boolean; company_created: boolean } {
    const known = this.contacts.find(({ fields }) => input.email && fields.email === input.email);
    const contact = known ?? { fields: {}, company: null };
    if (!known) this.contacts.push(contact);
    for (const field of FIELDS) {
      if (input[field] !== undefined) contact.fields[field] = input[field];
    }
    const { company, created } = this.#companyOf(input);
    if (company) contact.company = company;
    else if (input.company_name === null || input.company_domain === null) contact.company = null;
    if (input.message) this.notes.push({ text: input.message, contact, company: contact.company });
    return { created: !known, company_created: created };
  }

  // By domain, then by name, else new; one found by name takes the domain it lacks.
  #companyOf({ company_name: name, company_domain: domain }: IngestInput) {
    if (!name && !domain) return { company: null, created: false };
    const byDomain = this.companies.find((company) => domain && company.domain === domain);
    if (byDomain) return { company: byDomain, created: false };
    const byName = this.companies.find((company) =>
      name && company.name.toLowerCase() === name.toLowerCase()
    );
    if (byName) {
      byName.domain ??= domain ?? null;
      return { company: byName, created: false };
    }
    const company = { name: (name ?? domain)!, domain: domain ?? null };
    this.companies.push(company);
    return { company, created: true };
  }
}
