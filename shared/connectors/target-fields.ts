import * as z from "zod";
import { activityInput } from "../crm/activities.ts";
import { identifiedBy, ingestSchema } from "../crm/contact-ingest.ts";
import { money } from "../crm/values/amounts.ts";
import {
  companyDomain,
  currency,
  label,
  optional,
  phone,
  text,
  uuid,
} from "../crm/values/fields.ts";

const dealFields = {
  deal_title: optional(label(500)),
  deal_value: optional(money()),
  deal_currency: optional(currency()),
  deal_stage: optional(label(255)),
};
const IDENTIFYING = ["email", "phone", "first_name", "last_name", "contact_id"] as const;

const contactTarget = identifiedBy(
  IDENTIFYING,
  z.strictObject({
    ...ingestSchema.shape,
    contact_id: optional(uuid()),
    company_id: optional(uuid()),
    deal_id: optional(uuid()),
    ...dealFields,
  }),
);

const activityTarget = z.strictObject({
  ...activityInput().shape,
  entity_domain: optional(companyDomain()),
  contact_id: optional(uuid()),
  contact_phone: optional(phone()),
  contact_first_name: optional(text(255)),
  contact_last_name: optional(text(255)),
  company_id: optional(uuid()),
  company_name: optional(label(255)),
  ...dealFields,
});

/**
 * The fields that a connector fills, by its target: what ingest takes for a contact or creating for an
 * activity, and what names the records to link. `entity_id` is a deal (spec: Field mapping).
 */
export const targetSchemas = { contact: contactTarget, activity: activityTarget };

export type ContactFields = z.output<typeof contactTarget>;
export type ActivityFields = z.output<typeof activityTarget>;

/** The validated fields of either target. */
export type Mapped = ContactFields | ActivityFields;
