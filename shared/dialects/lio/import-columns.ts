import { InvalidInput } from "../../refusals/errors.ts";

/** The fields of a lead that a column may be, beside `custom_fields.x`; `name` is both names. */
export const FIELDS: ReadonlySet<string> = new Set(
  ("first_name last_name name email phone_number company job_title linkedin_url city state country " +
    "address pin_code website industry status priority lead_source estimated_value tags notes")
    .split(" "),
);

/** What columns are called, in lower case and less what is no letter or digit (decisions: 9). */
const NAMES: Readonly<Record<string, string>> = {
  firstname: "first_name",
  lastname: "last_name",
  surname: "last_name",
  name: "name",
  fullname: "name",
  email: "email",
  mail: "email",
  phone: "phone_number",
  phonenumber: "phone_number",
  mobile: "phone_number",
  company: "company",
  companyname: "company",
  organization: "company",
  jobtitle: "job_title",
  title: "job_title",
  position: "job_title",
  linkedin: "linkedin_url",
  linkedinurl: "linkedin_url",
  city: "city",
  state: "state",
  country: "country",
  address: "address",
  zip: "pin_code",
  zipcode: "pin_code",
  postalcode: "pin_code",
  pincode: "pin_code",
  website: "website",
  industry: "industry",
  status: "status",
  priority: "priority",
  source: "lead_source",
  leadsource: "lead_source",
  value: "estimated_value",
  estimatedvalue: "estimated_value",
  tags: "tags",
  notes: "notes",
};
const CUSTOM = /^custom_fields\.(.{1,64})$/su;
const LONGEST_KEY = 64;

/** The field that each column of a table is; null of one that is left out. */
export type Columns = readonly (string | null)[];

/** Which field each column is: by the mapping, in which others are left out, else by its name. Throws InvalidInput. */
export function columnsOf(header: readonly string[], mapping: Mapping | null): Columns {
  const names = header.map((name) => name.trim());
  if (mapping === null) return names.map(fieldNamed);
  const missing = [...mapping.keys()].filter((name) => !names.includes(name.trim()));
  if (missing.length > 0) {
    const message = `The file has no column ${missing.map((one) => `"${one}"`).join(", ")}.`;
    throw new InvalidInput([{ field: "mapping", message }]);
  }
  const fields = new Map([...mapping].map(([name, field]) => [name.trim(), field]));
  return names.map((name) => fields.get(name) ?? null);
}

function fieldNamed(name: string, at: number): string {
  const word = name.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  if (Object.hasOwn(NAMES, word)) return NAMES[word] ?? word;
  const key = name === "" ? `Column ${at + 1}` : [...name].slice(0, LONGEST_KEY).join("");
  return `custom_fields.${key.slice(0, LONGEST_KEY).toWellFormed()}`;
}

/** Columns by their names, each with the field that it is. */
export type Mapping = ReadonlyMap<string, string>;

/** Reads a mapping from JSON; what is wrong with it is told. */
export function readMapping(json: string): Mapping | { message: string } {
  const given = objectIn(json);
  if (given === null) {
    return {
      message: 'Must be a JSON object, such as {"E-mail": "email", "Plan": "custom_fields.plan"}.',
    };
  }
  const unknown = Object.values(given).filter((field) =>
    typeof field !== "string" || !FIELDS.has(field) && !CUSTOM.test(field)
  );
  if (unknown.length === 0) {
    return new Map(Object.entries(given).map(([name, to]) => [name, String(to)]));
  }
  return {
    message: `Must map to fields of a lead: ${[...FIELDS].join(", ")} or custom_fields.x.`,
  };
}

function objectIn(json: string): Record<string, unknown> | null {
  try {
    const value = JSON.parse(json) as unknown;
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject ? value as Record<string, unknown> : null;
  } catch {
    return null;
  }
}

/** The key of a custom field that a column is; null for a field of the lead. */
export function customKey(field: string): string | null {
  return CUSTOM.exec(field)?.[1] ?? null;
}
