import { lio } from "../../api.ts";
import type { Once } from "../../once.ts";
import type { WorkStatus } from "../jobs/job.ts";

/** A property of HubSpot's contacts or companies. */
export interface Property {
  name: string;
  label: string;
}

export interface Properties {
  contacts: readonly Property[];
  companies: readonly Property[];
}

/** An import of HubSpot's contacts, as LIO answers it. */
export interface HubspotImport {
  id: number;
  status: WorkStatus;
  total: number | null;
  processed: number;
  created: number;
  updated: number;
  skipped: number;
  failed: number;
  errors: readonly { hubspot_id: string; message: string }[];
  created_at: string;
  finished_at: string | null;
}

/** Which field a property is; properties and fields stand in one row each. */
export type Mapped = readonly (readonly [property: string, field: string])[];

/** What a property becomes that is no field of a lead. */
const CUSTOM = "custom";

/** The fields of leads, as LIO's imports name them. */
export const LEAD_FIELDS: readonly (readonly [field: string, name: string])[] = [
  ["email", "Email"],
  ["first_name", "First name"],
  ["last_name", "Last name"],
  ["name", "Whole name"],
  ["phone_number", "Phone"],
  ["company", "Company"],
  ["job_title", "Job title"],
  ["linkedin_url", "LinkedIn URL"],
  ["website", "Website"],
  ["industry", "Industry"],
  ["address", "Address"],
  ["city", "City"],
  ["state", "State"],
  ["country", "Country"],
  ["pin_code", "Postal code"],
  ["status", "Status"],
  ["priority", "Priority"],
  ["lead_source", "Source"],
  ["estimated_value", "Estimated value"],
  ["tags", "Tags"],
  ["notes", "Notes"],
  [CUSTOM, "A custom field"],
];

/** The fields of companies. */
export const COMPANY_FIELDS: readonly (readonly [field: string, name: string])[] = [
  ["company_name", "Name"],
  ["domain", "Domain"],
  ["website", "Website"],
  ["industry_type", "Industry"],
  ["employee_size", "Size"],
  ["phone_number", "Phone"],
  ["contact_email", "Email"],
  ["address", "Address"],
  ["city", "City"],
  ["country", "Country"],
  ["rating", "Rating"],
  ["summary", "Summary"],
];

/** What HubSpot's own properties of contacts are. */
export const USUAL_OF_CONTACTS: Mapped = [
  ["email", "email"],
  ["firstname", "first_name"],
  ["lastname", "last_name"],
  ["phone", "phone_number"],
  ["company", "company"],
  ["jobtitle", "job_title"],
  ["hs_linkedin_url", "linkedin_url"],
  ["website", "website"],
  ["city", "city"],
  ["country", "country"],
];

/** And of companies. */
export const USUAL_OF_COMPANIES: Mapped = [
  ["name", "company_name"],
  ["domain", "domain"],
  ["website", "website"],
  ["industry", "industry_type"],
  ["city", "city"],
  ["country", "country"],
];

/** Those of the usual rows whose properties there are. */
export function known(usual: Mapped, properties: readonly Property[]): Mapped {
  return usual.filter(([property]) => properties.some(({ name }) => name === property));
}

/** What is imported, as it is filled in. */
export interface ImportDraft {
  contacts: Mapped;
  companies: Mapped | null;
  from: string;
  to: string;
  limit: string;
}

/** Starts an import; answers its number. Throws ApiError. */
export async function startImport(
  { contacts, companies, from, to, limit }: ImportDraft,
  once: Once,
): Promise<number> {
  const mapping = {
    lead: Object.fromEntries(
      contacts.map(([name, field]) => [name, field === CUSTOM ? `custom_fields.${name}` : field]),
    ),
    ...(companies === null ? {} : { company: Object.fromEntries(companies) }),
  };
  const body = {
    mapping,
    ...(from === "" ? {} : { from }),
    ...(to === "" ? {} : { to }),
    ...(limit.trim() === "" ? {} : { limit: Number(limit) || limit }),
  };
  const path = "connected-apps/hubspot/import";
  const { data } = await once(
    body,
    (idempotencyKey) => lio.post<{ data: HubspotImport }>(path, body, { idempotencyKey }),
  );
  return data.id;
}

/** Reads how far an import is. */
export async function readImport(id: string, signal: AbortSignal): Promise<HubspotImport> {
  const path = `connected-apps/hubspot/import/${encodeURIComponent(id)}/status`;
  return (await lio.get<{ data: HubspotImport }>(path, {}, signal)).data;
}
