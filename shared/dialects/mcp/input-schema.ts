import * as z from "zod";

type Schema = Record<string, unknown>;

/**
 * The JSON Schema of a tool's arguments, as they are given, with named schemas written out where they are
 * used: many clients follow no references.
 */
export function inputSchema(input: z.ZodObject): Schema & { type: "object" } {
  const { $schema: _, $defs = {}, ...schema } = z.toJSONSchema(input, {
    io: "input",
    unrepresentable: "any",
  });
  return { ...(inlined(schema, $defs) as Schema), type: "object" };
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
