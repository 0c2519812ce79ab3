import * as z from "zod";
import type { Resource } from "../../crm/resource.ts";

type Schema = Record<string, unknown>;
type ObjectSchema = Schema & { type: "object" };

/**
 * The JSON Schema of a tool's arguments, as they are given, with named schemas written out where they are
 * used: many clients follow no references.
 */
export function inputSchema(input: z.ZodObject): ObjectSchema {
  return jsonSchema(input, "input");
}

/** The JSON Schema of what is structured in a tool's result: what it answers, or why it refuses. */
export function outputSchema(output: z.ZodObject): ObjectSchema {
  const { properties, required = [], ...schema } = jsonSchema(output, "output");
  const told = { ...(readable(properties) as Schema), error: jsonSchema(refused, "output") };
  return { ...schema, properties: told, anyOf: [{ required }, { required: ["error"] }] };
}

/** Records of a list, as a tool answers them. */
export function listOf(record: Pick<Resource, "schema"> | z.ZodObject): z.ZodObject {
  return z.object({
    items: z.array("shape" in record ? record : record.schema),
    total: z.int().min(0),
    left_off: z.int().min(0),
    next_cursor: z.string().nullable(),
  });
}

const refused = z.looseObject({
  code: z.string(),
  message: z.string(),
  request_id: z.string(),
  fields: z.array(z.object({ field: z.string(), message: z.string() })),
});

function jsonSchema(schema: z.ZodObject, io: "input" | "output"): ObjectSchema {
  const options = { io, unrepresentable: "any" } as const;
  const { $schema: _, $defs = {}, ...json } = z.toJSONSchema(schema, options);
  return { ...(inlined(json, $defs) as Schema), type: "object" };
}

function inlined(value: unknown, named: Readonly<Record<string, unknown>>): unknown {
  if (Array.isArray(value)) return value.map((one) => inlined(one, named));
  if (typeof value !== "object" || value === null) return value;
  const { $ref, id: _, ...schema } = value as Schema;
  const name = typeof $ref === "string" ? $ref.replace("#/$defs/", "") : undefined;
  const whole = name === undefined ? schema : { ...named[name] as Schema, ...schema };
  return name === undefined
    ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, inlined(one, named)]))
    : inlined(whole, named);
}

// An amount of many digits is text in what is structured, and so is large JSON within a record that is left off.
function readable(value: unknown, isOfRecord = false): unknown {
  if (Array.isArray(value)) return value.map((one) => readable(one, isOfRecord));
  if (typeof value !== "object" || value === null) return value;
  const schema = value as Schema;
  const types = [schema.type].flat();
  if (types.includes("number")) return { ...schema, type: [...types, "string"] };
  if (isOfRecord && types.some((type) => type === "object" || type === "array")) {
    return { anyOf: [schema, { type: "string" }] };
  }
  const isRecord = isObjectOf(schema.properties, "id");
  return Object.fromEntries(
    Object.entries(schema).map(([key, one]) => [
      key,
      key === "properties" && isRecord ? recordOf(one as Schema) : readable(one, isOfRecord),
    ]),
  );
}

function recordOf(properties: Schema): Schema {
  return Object.fromEntries(
    Object.entries(properties).map(([name, one]) => [name, readable(one, true)]),
  );
}

function isObjectOf(properties: unknown, name: string): boolean {
  return typeof properties === "object" && properties !== null && name in properties;
}
