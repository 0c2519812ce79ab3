import * as z from "zod";

/** JSON Schema 2020-12, as in an OpenAPI 3.1 document. */
export type Schema = Record<string, unknown>;

/** The document's named schemas, filled while operations are described. */
export class Schemas {
  readonly #named = new Map<string, Schema>();

  /** Every named schema, by name. */
  all(): Record<string, Schema> {
    return Object.fromEntries([...this.#named].sort(([a], [b]) => a < b ? -1 : 1));
  }

  /** A reference to a schema of this name, which `make` describes when it is new. */
  named(name: string, make: () => Schema): Schema {
    if (!this.#named.has(name)) {
      // Taken before it is made, so that schemas may refer to each other.
      this.#named.set(name, {});
      this.#named.set(name, make());
    }
    return ref("schemas", name);
  }

  /** What a schema lets in. */
  input(schema: z.ZodType): Schema {
    return this.#convert(schema, "input");
  }

  /** What a schema lets out. */
  output(schema: z.ZodType): Schema {
    return this.#convert(schema, "output");
  }

  #convert(schema: z.ZodType, io: "input" | "output"): Schema {
    const json = z.toJSONSchema(schema, { io, unrepresentable: "any", override: refine });
    const { $schema: _, $defs = {}, ...rest } = json;
    for (const [name, definition] of Object.entries($defs)) {
      this.named(name, () => withComponentRefs(definition) as Schema);
    }
    return withComponentRefs(rest) as Schema;
  }
}

/** A reference to a component. */
export function ref(kind: string, name: string): Schema {
  return { $ref: `#/components/${kind}/${name}` };
}

/** A strict object; every property is required unless its name ends in `?`. */
export function object(properties: Record<string, Schema>): Schema {
  const required = Object.keys(properties).filter((name) => !name.endsWith("?"));
  return {
    type: "object",
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, schema]) => [name.replace(/\?$/, ""), schema]),
    ),
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: false,
  };
}

type PropertiesOf<T> = {
  [K in keyof T & string as undefined extends T[K] ? `${K}?` : K]-?: Schema;
};

/** Like {@link object}, for what the code knows as `T`: it must have the same properties. */
export function objectOf<T>(properties: PropertiesOf<T>): Schema {
  return object(properties);
}

/** One of the values of `T`, each with what it means. */
export function oneOfThese<T extends string>(meanings: Record<T, string>): Schema {
  const lines = Object.entries<string>(meanings).map(([value, text]) => `- \`${value}\`: ${text}`);
  return { type: "string", enum: Object.keys(meanings), description: lines.join("\n") };
}

type Override = NonNullable<NonNullable<Parameters<typeof z.toJSONSchema>[1]>["override"]>;

// What the converter leaves out of schemas that transform, or cannot know of.
const refine: Override = ({ zodSchema, jsonSchema }) => {
  const given = z.globalRegistry.get(zodSchema) ?? {};
  const { examples, default: standard } = given;
  if (Array.isArray(examples)) jsonSchema.examples = examples;
  if (standard !== undefined) jsonSchema.default = standard as typeof jsonSchema.default;
  // The converter's own pattern says at length what the format says.
  if (jsonSchema.format !== undefined) jsonSchema.pattern = given.pattern as string | undefined;
  if (jsonSchema.pattern === undefined) delete jsonSchema.pattern;
  delete jsonSchema.id;
  // Apart, since generators of clients pass over properties that stand beside alternatives.
  if (jsonSchema.type === "object" && jsonSchema.anyOf !== undefined) {
    const { anyOf, ...properties } = jsonSchema;
    for (const key of Object.keys(jsonSchema)) delete jsonSchema[key];
    jsonSchema.allOf = [properties, { anyOf }];
  }
  // A check by code stands beside the type it widens in memory, not in JSON.
  const kinds = jsonSchema.anyOf?.filter((kind) => Object.keys(kind).length > 0);
  if (kinds?.length === 1 && kinds.length < (jsonSchema.anyOf?.length ?? 0)) {
    delete jsonSchema.anyOf;
    Object.assign(jsonSchema, kinds[0]);
  }
};

function withComponentRefs(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withComponentRefs);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const local = key === "$ref" ? /^#\/\$defs\/(.+)$/.exec(String(inner))?.[1] : undefined;
      return local ? [key, `#/components/schemas/${local}`] : [key, withComponentRefs(inner)];
    }),
  );
}
