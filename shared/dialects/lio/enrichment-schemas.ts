import * as z from "zod";
import { domain, email, label, optional } from "../../crm/values/fields.ts";
import { linkedInUrl } from "../../crm/values/linkedin-url.ts";
import { COMPANY, type Findable, PERSON } from "../../enrichment/fields.ts";
import { SOURCES, TOLD } from "../../enrichment/look-up.ts";
import { lazy } from "../../memory/lazy.ts";

/** What a person can be known by. */
export const KNOWN_BY = ["email", "linkedin_url", "name", "company", "domain"] as const;

/** What is given of a person, in a body. */
export const personGiven = lazy(() => ({
  email: optional(email()),
  linkedin_url: optional(linkedInUrl()),
  name: optional(label(255)),
  company: optional(label(255)),
  domain: optional(domain()),
}));

/** What the contract says of a body that has to give one of several fields. */
export function givesOne(names: readonly string[]) {
  return {
    anyOf: names.map((name) => ({
      required: [name],
      properties: { [name]: { not: { type: "null" } } },
    })),
  };
}

/** Fields that were found, each with a value of the schema. */
function found({ columns }: Findable, value: () => z.ZodType, more: readonly string[] = []) {
  const names = [...Object.keys(columns), ...more];
  return z.object(Object.fromEntries(names.map((name) => [name, value().optional()])));
}

const source = () => z.enum(SOURCES);

/** The fields that were found of a person. */
export const personData = lazy(() => found(PERSON, () => z.string()));

/** Where each of them comes from. */
export const personSources = lazy(() => found(PERSON, source));

/** Where the fields of a company come from. */
export const companySources = lazy(() => found(COMPANY, source, ["domain"]));

/** What was filled. */
export const applied = lazy(() => z.array(z.string()));

/** Whether the service knew anything, and what that cost. */
export const told = lazy(() => ({
  provider: z.enum(TOLD),
  credits_used: z.int().min(0),
}));

/** What is kept with a lead of where its fields come from. */
export const enrichmentKept = lazy(() =>
  z.object({ at: z.iso.datetime({ precision: 3 }), sources: z.record(z.string(), source()) })
);
