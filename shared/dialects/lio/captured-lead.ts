import * as z from "zod";
import type { Fields } from "../../crm/plan.ts";
import { uniqueLeads } from "../../crm/unique-leads.ts";
import { customFields, keepable } from "../../crm/values/custom-fields.ts";
import { label, optional } from "../../crm/values/fields.ts";
import { isFreeMail } from "../../crm/values/free-mail.ts";
import { tagNames } from "../../crm/values/tag-names.ts";
import { lazy } from "../../memory/lazy.ts";
import { type FieldError, InvalidInput } from "../../refusals/errors.ts";
import { validated } from "../../refusals/validation.ts";
import { id } from "./given.ts";

/** What becomes of a lead whose email or profile another one has. */
export type OnExisting = "refuse" | "duplicate" | "merge";

/** A lead as another system hands it in. */
export interface CapturedLead {
  /** The fields of app.capture_lead. */
  fields: Fields;
  onExisting: OnExisting;
}

/** What a lead is known by: it has at least one of these. */
export const IDENTITIES = ["email", "phone_number", "linkedin_url"] as const;
const PRIORITY = "Must be 1, 2, 3 or 4";
const FLAG = "Must be 1 or true, 0 or false";

const flag = lazy(() =>
  z.union([z.boolean(), z.literal([0, 1]), z.enum(["0", "1", "true", "false"]), z.null()], FLAG)
    .transform((given) => given === true || given === 1 || given === "1" || given === "true")
    .optional()
);

/** The fields that are a lead's own; whatever else is given is kept as custom fields. */
export const capturedLead = lazy(() =>
  z.object({
    email: optional(checkOf("email")),
    phone_number: optional(checkOf("phone")),
    first_name: optional(label(255)),
    last_name: optional(label(255)),
    company: optional(label(255)),
    job_title: optional(checkOf("job_title")),
    linkedin_url: optional(checkOf("linkedin_url")),
    status: optional(id()),
    priority: optional(z.int(PRIORITY).min(1, PRIORITY).max(4, PRIORITY)),
    lead_source: optional(id()),
    tags: optional(tagNames()),
    custom_fields: optional(customFields()),
    duplicate: flag().meta({
      description: "Makes a further lead where another one has the email or LinkedIn URL.",
    }),
    merge: flag().meta({
      description: "Changes the lead that has the email or LinkedIn URL, where one does.",
    }),
  })
);

/** What the contract says of it. */
export function capturedBody(): z.ZodObject {
  const set = { enum: [true, 1, "1", "true"] };
  return z.looseObject(capturedLead().shape).meta({
    anyOf: IDENTITIES.map((name) => ({
      required: [name],
      properties: { [name]: { not: { type: "null" } } },
    })),
    not: { required: ["duplicate", "merge"], properties: { duplicate: set, merge: set } },
  });
}

/** Reads a lead that is handed in. Throws InvalidInput. */
export function readCaptured(body: Fields): CapturedLead {
  const { duplicate, merge, custom_fields, phone_number, ...columns } = validated(
    capturedLead(),
    body,
  );
  const own = columns as Fields;
  const mistakes = [
    ...IDENTITIES.every((name) => body[name] == null) ? IDENTITIES.map(missing) : [],
    ...duplicate === true && merge === true
      ? [{ field: "merge", message: "Must not be given together with duplicate." }]
      : [],
  ];
  const custom = { ...others(body, mistakes), ...custom_fields as Fields };
  if (mistakes.length > 0) throw new InvalidInput(mistakes);
  return {
    fields: {
      ...own,
      ...phone_number == null ? {} : { phone: phone_number },
      ...companyDomain(own.email),
      ...Object.keys(custom).length === 0 ? {} : { custom_fields: custom },
    },
    onExisting: duplicate === true ? "duplicate" : merge === true ? "merge" : "refuse",
  };
}

function missing(field: string): FieldError {
  return { field, message: `Give at least one of ${IDENTITIES.join(", ")}.` };
}

function others(body: Fields, mistakes: FieldError[]): Fields {
  const { shape } = capturedLead();
  return Object.fromEntries(
    Object.entries(body).flatMap(([field, value]) => {
      if (Object.hasOwn(shape, field) || value === null) return [];
      const { kept, mistake: message } = keepable(field, value);
      if (kept === undefined) mistakes.push({ field, message: message ?? "Cannot be kept." });
      return [[field, kept] as const];
    }),
  );
}

/** The domain of a company that is made for the lead of an email. */
export function companyDomain(email: unknown): Fields {
  const domain = typeof email === "string" ? email.slice(email.lastIndexOf("@") + 1) : "";
  return domain === "" || isFreeMail(domain) ? {} : { company_domain: domain };
}

/** The check of a column of leads. */
export function checkOf(column: string): z.ZodType {
  const { check } = uniqueLeads.columns[column] ?? {};
  if (!check) throw new Error(`leads have no column ${column} that can be given`);
  return check();
}
