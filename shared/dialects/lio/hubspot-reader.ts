import type { Columns } from "./import-columns.ts";
import type { HubspotReader } from "../../bulk/hubspot-page.ts";
import { companyDetails } from "../../crm/company-details.ts";
import type { HubspotMapping, PropertyMap } from "../../crm/hubspot-imports.ts";
import { domain } from "../../crm/values/fields.ts";
import { isStorable } from "../../refusals/storable.ts";
import { fieldMessage } from "../../refusals/validation.ts";
import { COMPANY_COLUMNS } from "./hubspot-mapping.ts";
import { type KnownWords, readRow } from "./imported-lead.ts";

/** What tells one company from others, whether or not it is mapped. */
const OWN = { name: "company_name", domain: "domain" };

/** How contacts and companies are read by a mapping. */
export function hubspotReader({ lead, company }: HubspotMapping, known: KnownWords): HubspotReader {
  const names = Object.keys(lead);
  const columns: Columns = Object.values(lead);
  const reading = { columns, tags: [], assignedTo: null, known };
  const map: PropertyMap = { ...company, ...unmapped(OWN, company ?? {}) };
  return {
    properties: { contacts: names, companies: company === null ? null : Object.keys(map) },
    contact: ({ properties }) =>
      readRow(names.map((name, at) => withScheme(columns[at], properties[name] ?? "")), reading),
    company: ({ properties }) => readCompany(map, properties),
  };
}

function unmapped(own: PropertyMap, mapped: PropertyMap): PropertyMap {
  const fields = new Set(Object.values(mapped));
  return Object.fromEntries(
    Object.entries(own).filter(([name, field]) =>
      !Object.hasOwn(mapped, name) && !fields.has(field)
    ),
  );
}

// HubSpot keeps addresses of sites without their scheme.
function withScheme(field: string | null | undefined, value: string): string {
  const isBare = field === "website" && value.trim() !== "" && !/^\s*\w+:\/\//.test(value);
  return isBare ? `https://${value.trim()}` : value;
}

// Of several properties that are one field, the first with something in it counts.
function readCompany(map: PropertyMap, properties: Readonly<Record<string, string | null>>) {
  const fields: Record<string, unknown> = {};
  const mistakes: { field: string; message: string }[] = [];
  for (const [name, field] of Object.entries(map)) {
    const column = COMPANY_COLUMNS[field] ?? field;
    const text = withScheme(field, properties[name] ?? "").trim();
    if (text === "" || Object.hasOwn(fields, column)) continue;
    const read = checkedValue(column, text);
    if ("message" in read) mistakes.push({ field: `company.${field}`, message: read.message });
    else if (read.value !== null) fields[column] = read.value;
  }
  const { data = null } = domain().safeParse(fields.website);
  if (fields.domain === undefined && data !== null) fields.domain = data;
  return { fields, mistakes };
}

function checkedValue(column: string, text: string): { value: unknown } | { message: string } {
  const check = companyDetails.columns[column]?.check?.();
  if (check === undefined) throw new Error(`companies have no column ${column} that can be given`);
  if (!isStorable(text)) return { message: "Has characters that cannot be stored." };
  const { success, data, error } = check.safeParse(column === "rating" ? Number(text) : text);
  return success ? { value: data } : { message: fieldMessage(error) };
}
