import * as z from "zod";
import { label, optional } from "../crm/values/fields.ts";
import { jsonObject } from "../formats/json-object.ts";
import { notOneOf } from "../refusals/validation.ts";
import { LOOKUPS, TARGETS } from "./connectors.ts";
import { compileExpression, ExpressionError } from "./expressions/expression.ts";
import { matchingSchema } from "./matching.ts";
import { PRESET_NAMES } from "./presets.ts";
import { verificationSchema } from "./verification.ts";

/** A JSONata expression that compiles. */
const expression = z.string().superRefine((text, context) => {
  try {
    compileExpression(text);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    context.addIssue(error.message);
  }
}).meta({
  id: "Expression",
  description: "A JSONata expression, compiled when it is saved.",
  examples: ["user.profile.email", 'answers[field.ref="email"].email'],
});

const fieldMap = z.record(z.string(), expression.nullable());

const secret = optional(z.string().min(1, "Must not be empty").max(1024, "Is too long"))
  .meta({ writeOnly: true });

const slug = z.string().regex(
  /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
  "Must be 1 to 63 lower-case letters, digits and hyphens, such as contact-form",
).refine(
  (text) => !z.uuid().safeParse(text).success,
  "Must not look like an id, which requests name connectors by as well",
).meta({ examples: ["contact-form"] });

const fields = {
  slug: slug.optional(),
  name: label(255),
  field_map: fieldMap.optional(),
  matching: matchingSchema.optional(),
  defaults: jsonObject.optional(),
  items: optional(expression),
  event_id: optional(expression),
  skip: optional(expression),
  test: optional(expression),
  prepare: optional(expression),
  lookup: optional(z.enum(LOOKUPS, "Must be meta_lead, or null")),
  verification: verificationSchema.optional(),
  secret,
  verify_token: secret,
  access_token: secret,
  requests_per_minute: z.int("Must be a whole number from 1 to 10000")
    .min(1, "Must be from 1 to 10000").max(10_000, "Must be from 1 to 10000").optional(),
};

/** What a connector is made of. With a preset, what is not given comes from there. */
export const connectorCreation = z.strictObject({
  preset: z.enum(PRESET_NAMES, {
    error: ({ input }) => notOneOf(input, [...PRESET_NAMES]),
  }).nullable().optional(),
  target: z.enum(TARGETS, "Must be contact or activity").optional(),
  ...fields,
});

/** What of a connector can be changed. A field map replaces the one before. */
export const connectorChange = z.strictObject({
  ...fields,
  name: fields.name.optional(),
});

export type ConnectorCreation = z.output<typeof connectorCreation>;
export type ConnectorChange = z.output<typeof connectorChange>;
