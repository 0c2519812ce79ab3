import * as z from "zod";

/** The rules by which each kind of record can be found (spec: Matching rules). */
const CONTACT_RULES = ["email", "phone", "id"] as const;
const COMPANY_RULES = ["domain", "name", "id"] as const;
const DEAL_RULES = ["id", "title"] as const;

/**
 * How what a connector delivers finds the records it is about: the rules are tried in order, the first
 * that finds one wins. With `create_missing`, a record that none finds is made.
 */
export const matchingSchema = z.strictObject({
  contact: rules(CONTACT_RULES).default(["email"]),
  company: rules(COMPANY_RULES).default(["domain", "name"]),
  deal: rules(DEAL_RULES).default(["id", "title"]),
  create_missing: z.boolean().default(true),
});

export type Matching = z.output<typeof matchingSchema>;

function rules<const T extends readonly string[]>(names: T) {
  return z.array(z.enum(names, `Must be one of ${names.join(", ")}`))
    .min(1, `Must name at least one of ${names.join(", ")}`)
    .refine((given) => new Set(given).size === given.length, "Must name each rule once")
    .meta({ uniqueItems: true });
}
