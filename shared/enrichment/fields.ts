import type * as z from "zod";
import { companyDetails } from "../crm/company-details.ts";
import type { WritableResource } from "../crm/resource.ts";
import { uniqueLeads } from "../crm/unique-leads.ts";
import { label } from "../crm/values/fields.ts";
import { lazy } from "../memory/lazy.ts";
import { isStorable } from "../refusals/storable.ts";
import { domainOf } from "./domains.ts";

/** What is found of a kind of record. */
export interface Findable {
  /** The columns that fields fill, by the fields' names. */
  columns: Readonly<Record<string, string>>;
  /** The checks of the fields, by their names. */
  checks(): Readonly<Record<string, z.ZodType>>;
}

/** What is found of persons. */
export const PERSON: Findable = findable(uniqueLeads, {
  first_name: "first_name",
  last_name: "last_name",
  job_title: "job_title",
  phone_number: "phone",
  linkedin_url: "linkedin_url",
  company: "company",
  industry: "industry",
  website: "website",
  city: "city",
  state: "state",
  country: "country",
});

/** What is found of companies. */
export const COMPANY: Findable = findable(companyDetails, {
  company_name: "name",
  industry_type: "industry",
  employee_size: "size",
  city: "city",
  country: "country",
  website: "website",
  phone_number: "phone",
  summary: "summary",
});

/** Names may be as short as they are, as where leads are taken from elsewhere. */
const NAMES = new Set(["first_name", "last_name", "company", "name"]);

function findable({ columns: known }: WritableResource, columns: Findable["columns"]): Findable {
  const checkOf = (column: string) => {
    if (NAMES.has(column)) return label(255);
    const { check } = known[column] ?? {};
    if (!check) throw new Error(`there is no column ${column} that can be given`);
    return check();
  };
  const checks = lazy(() =>
    Object.fromEntries(Object.entries(columns).map(([field, column]) => [field, checkOf(column)]))
  );
  return { columns, checks };
}

/** Those of the values that are fields and can be stored, in their stored form; others are left out. */
export function storedFields(
  { checks }: Findable,
  values: Readonly<Record<string, unknown>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(checks()).flatMap(([name, check]) => {
      const { data } = check.safeParse(textOf(name, values[name]));
      return typeof data === "string" && data.trim() !== "" && isStorable(data)
        ? [[name, data]]
        : [];
    }),
  );
}

// A headcount may come as a number, a website without its scheme.
function textOf(name: string, value: unknown): unknown {
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  const isBare = name === "website" && typeof value === "string" && !value.includes("://") &&
    domainOf(value) !== null;
  return isBare ? `https://${value.trim()}` : value;
}

/** Fields by the columns that they fill. */
export function asColumns(
  { columns }: Findable,
  fields: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [columns[name] ?? name, value]),
  );
}

/** The names of the fields that fill columns, in the fields' order. */
export function asFields({ columns }: Findable, filled: readonly string[]): string[] {
  const names = Object.entries(columns).filter(([, column]) => filled.includes(column));
  const others = filled.filter((column) => !Object.values(columns).includes(column));
  return [...names.map(([name]) => name), ...others];
}
