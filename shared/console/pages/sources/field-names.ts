import type { FieldMap, Target } from "./connectors.ts";

/** What events can become. */
export const TARGET_CHOICES = [
  ["contact", "A contact"],
  ["activity", "An activity of a contact"],
] as const satisfies readonly (readonly [Target, string])[];

const COMPANY_AND_DEAL = [
  "company_name",
  "company_domain",
  "company_id",
  "deal_id",
  "deal_title",
  "deal_value",
  "deal_currency",
  "deal_stage",
] as const;

/** The fields that a connector can fill, by what its events become. */
export const FIELDS: Readonly<Record<Target, readonly string[]>> = {
  contact: [
    "email",
    "first_name",
    "last_name",
    "phone",
    "title",
    "message",
    "source",
    "signal_strength",
    "contact_id",
    ...COMPANY_AND_DEAL,
  ],
  activity: [
    "type",
    "title",
    "description",
    "timestamp",
    "data",
    "entity_email",
    "entity_domain",
    "entity_id",
    "contact_id",
    "contact_phone",
    "contact_first_name",
    "contact_last_name",
    ...COMPANY_AND_DEAL.filter((field) => !["company_domain", "deal_id"].includes(field)),
  ],
};

/** What a sender is taken to call the fields, until somebody says otherwise beside a delivery. */
export const FIRST_MAP: Readonly<Record<Target, FieldMap>> = {
  contact: {
    email: "email",
    first_name: "first_name",
    last_name: "last_name",
    phone: "phone",
    company_name: "company",
    message: "message",
  },
  activity: { type: "type", title: "title", entity_email: "email" },
};

/** A field's name for people, such as `First name`. */
export function fieldLabel(field: string): string {
  const words = field.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
