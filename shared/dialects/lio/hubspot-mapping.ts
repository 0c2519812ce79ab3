import * as z from "zod";
import type { HubspotMapping, PropertyMap } from "../../crm/hubspot-imports.ts";
import { lazy } from "../../memory/lazy.ts";
import { isStorable } from "../../refusals/storable.ts";
import { notOneOf } from "../../refusals/validation.ts";
import { IDENTITIES } from "./captured-lead.ts";
import { FIELDS as LEAD_FIELDS } from "./import-columns.ts";

/** The columns of a company by the names that this API has for those that can be imported. */
export const COMPANY_COLUMNS: Readonly<Record<string, string>> = {
  company_name: "name",
  industry_type: "industry",
  employee_size: "size",
  phone_number: "phone",
  domain: "domain",
  website: "website",
  address: "address",
  city: "city",
  country: "country",
  contact_email: "contact_email",
  rating: "rating",
  summary: "summary",
};

const CUSTOM = /^custom_fields\..{1,64}$/su;
const PROPERTY = "^[A-Za-z0-9_-]{1,100}$";
const MOST_PROPERTIES = 100;

const leadFields = [...LEAD_FIELDS];
const companyFields = Object.keys(COMPANY_COLUMNS);

const properties = (field: z.ZodType<string, string>, examples: PropertyMap) =>
  z.record(
    z.string().regex(new RegExp(PROPERTY), "Must be the name of a property of HubSpot"),
    field,
  )
    .refine(
      (given) => Object.keys(given).length <= MOST_PROPERTIES,
      `Must have at most ${MOST_PROPERTIES} properties`,
    )
    .meta({ maxProperties: MOST_PROPERTIES, examples: [examples] });

const leadField = lazy(() =>
  z.string().refine((field) => LEAD_FIELDS.has(field) || CUSTOM.test(field) && isStorable(field), {
    error: ({ input }) =>
      notOneOf(input, leadFields).replace("Must be", "Must be custom_fields.x or"),
  }).meta({ anyOf: [{ enum: leadFields }, { pattern: "^custom_fields\\.[^]{1,64}$" }] })
);

const companyField = lazy(() =>
  z.string().refine((field) => Object.hasOwn(COMPANY_COLUMNS, field), {
    error: ({ input }) => notOneOf(input, companyFields),
  }).meta({ enum: companyFields })
);

/** Which field of a lead or a company each property of HubSpot is; without companies these are left out. */
export const hubspotMapping = lazy(() =>
  z.strictObject({
    lead: properties(leadField(), {
      email: "email",
      firstname: "first_name",
      plan: "custom_fields.plan",
    })
      .refine(
        (lead) => Object.values(lead).some((field) => IDENTITIES.some((one) => one === field)),
        `Must map a property to at least one of ${IDENTITIES.join(", ")}`,
      ),
    company: properties(companyField(), { name: "company_name", domain: "domain" }).optional(),
  }).transform(({ lead, company }): HubspotMapping => ({ lead, company: company ?? null }))
);
