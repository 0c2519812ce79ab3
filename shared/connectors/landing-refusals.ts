import { contacts } from "../crm/contacts.ts";
import type { Fields } from "../crm/plan.ts";
import type { ConstraintError } from "../crm/resource.ts";
import type { FieldError } from "../refusals/errors.ts";
import type { Matching } from "./matching.ts";

const CONTACT_FIELDS = { email: "email", phone: "phone", id: "contact_id" } as const;
const NAMES_CONTACT = ["entity_email", "contact_phone", "contact_id"]
  .concat("contact_first_name", "contact_last_name");
const NAMES_COMPANY = ["entity_domain", "company_name", "company_id"];
const NAMES_DEAL = ["entity_id", "deal_title"];

/** The fields of an activity that name other records. */
export const NAMING_FIELDS = [...NAMES_CONTACT, ...NAMES_COMPANY, ...NAMES_DEAL];

/** What is wrong with the fields of a contact, by the constraint that app.land finds broken. */
export function contactRefusals(
  matching: Matching,
  mapped: Fields,
): Readonly<Record<string, ConstraintError>> {
  return {
    ...contacts.constraints,
    no_contact: matching.create_missing ? noneOf("contact", matching) : noContact(matching, mapped),
  };
}

/** What to tell of a company or a deal whose id was given with a contact, and is not the one it has now. */
export function unknownIds(
  matching: Matching,
  mapped: Fields,
  landed: Record<"company" | "deal", { id: string } | null>,
): FieldError[] {
  return (["company", "deal"] as const)
    .filter((kind) => (mapped[`${kind}_id`] ?? landed[kind]?.id) !== landed[kind]?.id)
    .map((kind) => noneOf(kind, matching));
}

function noneOf(kind: "contact" | "company" | "deal", matching: Matching): FieldError {
  const rules: readonly string[] = matching[kind];
  const field = `${kind}_id`;
  if (rules.includes("id")) return { field, message: `No ${kind} with this id.` };
  const message = `No ${kind} is looked for by id; add the rule "id" to matching.${kind}.`;
  return { field, message };
}

function noContact({ contact: rules }: Matching, mapped: Fields): ConstraintError {
  const rule = rules.find((one) => mapped[CONTACT_FIELDS[one]] != null) ?? rules[0] ?? "email";
  const field = CONTACT_FIELDS[rule];
  return { field, message: "No contact matches, and matching.create_missing is false." };
}

/** The given fields of an activity that name a record which was neither found nor made. */
export function unmatchedFields(
  mapped: Fields,
  { contact_id, company_id, deal_id }: Fields,
): string[] {
  return [
    ...(contact_id === null ? NAMES_CONTACT : []),
    ...(company_id === null ? NAMES_COMPANY : []),
    ...(deal_id === null ? NAMES_DEAL : []),
  ].filter((field) => mapped[field] != null);
}
