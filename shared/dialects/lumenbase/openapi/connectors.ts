import type * as z from "zod";
import { matchingSchema } from "../../../connectors/matching.ts";
import { targetSchemas } from "../../../connectors/target-fields.ts";
import { verificationSchema } from "../../../connectors/verification.ts";
import { object, ref, type Schema, type Schemas } from "../../../openapi/schemas.ts";

type Shape = Record<string, z.ZodType>;

const CONTACT: Shape = targetSchemas.contact.shape;
const ACTIVITY: Shape = targetSchemas.activity.shape;
const FIELDS = [...new Set([...Object.keys(CONTACT), ...Object.keys(ACTIVITY)])];

/** Says of a body that changes a connector which fields its `field_map` and `defaults` can fill. */
export function connectorBody(schemas: Schemas, schema: Schema): void {
  const properties = schema.properties as Record<string, Schema>;
  properties.field_map = schemas.named("FieldMap", fieldMap);
  properties.defaults = schemas.named("Defaults", () => defaults(schemas));
  properties.matching = schemas.named("MatchingRules", () => schemas.input(matchingSchema));
  if (!("verification" in properties)) return;
  properties.verification = schemas.named("Verification", () => schemas.input(verificationSchema));
}

function fieldMap(): Schema {
  const given = { anyOf: [ref("schemas", "Expression"), { type: "null" }] };
  return {
    description: "The expression of each target field; null leaves a field of the preset out. " +
      "Which fields there are depends on the connector's `target`.",
    ...object(Object.fromEntries(FIELDS.map((field) => [`${field}?`, given]))),
  };
}

function defaults(schemas: Schemas): Schema {
  return {
    description: "The values of target fields that their expressions do not give.",
    ...object(Object.fromEntries(FIELDS.map((field) => [`${field}?`, value(schemas, field)]))),
  };
}

function value(schemas: Schemas, field: string): Schema {
  const kinds = [CONTACT[field], ACTIVITY[field]].flatMap((kind) =>
    kind === undefined ? [] : alternatives(schemas.input(kind))
  );
  const texts = kinds.map((kind) => JSON.stringify(kind));
  const different = kinds.filter((_, index) => texts.indexOf(texts[index] ?? "") === index);
  const isNullable = different.some(({ type }) => [type].flat().includes("null"));
  const anyOf = isNullable ? different : [...different, { type: "null" }];
  return anyOf.length === 1 && anyOf[0] ? anyOf[0] : { anyOf };
}

function alternatives(schema: Schema): Schema[] {
  return Array.isArray(schema.anyOf) ? schema.anyOf : [schema];
}
