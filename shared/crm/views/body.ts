import * as z from "zod";
import { lazy } from "../../memory/lazy.ts";
import { validated } from "../../refusals/validation.ts";
import type { Write } from "../column.ts";
import type { Fields } from "../plan.ts";
import { optional } from "../values/fields.ts";
import { inputsOf, type View } from "./view.ts";

/** What a body may have beside the fields of its view. */
export type More = (write: Write) => z.ZodRawShape;

const schemas = new WeakMap<View, Map<string, z.ZodObject>>();

/** The schema of what is ignored, so that a record can be sent back as it was read. */
export const ignored = lazy(() => z.unknown().optional().meta({ readOnly: true }));

/**
 * The schema of a body: the fields that can be given, and the read-only ones, which are ignored. At
 * creation null is the same as absent, in a change it clears. Blank text in an optional field is absent.
 */
export function bodySchema(view: View, write: Write, more: More = () => ({})): z.ZodObject {
  const known = schemas.get(view) ?? new Map<string, z.ZodObject>();
  schemas.set(view, known);
  const schema = known.get(write) ?? z.strictObject({ ...shapeOf(view, write), ...more(write) });
  known.set(write, schema);
  return schema;
}

const strict = new WeakMap<z.ZodObject, z.ZodObject>();

/** The same schema, by which what is ignored is unknown. */
export function withoutIgnored(schema: z.ZodObject): z.ZodObject {
  const known = strict.get(schema);
  if (known !== undefined) return known;
  const heardOf = Object.entries(schema.shape).filter(([, check]) => check !== ignored());
  const made = z.strictObject(Object.fromEntries(heardOf));
  strict.set(schema, made);
  return made;
}

function shapeOf(view: View, write: Write): Record<string, z.ZodType> {
  const inputs = inputsOf(view);
  return Object.fromEntries(
    Object.keys(view.fields).map((name) => {
      const input = inputs[name];
      if (input === undefined || (input.only ?? write) !== write) return [name, ignored()];
      const check = input.check();
      if (write === "creation") return [name, input.isRequired ? check : optional(check)];
      return [name, input.clears ? optional(check) : check.optional()];
    }),
  );
}

/** The values of a record that is to be made. Throws InvalidInput. */
export function creationOf(schema: z.ZodObject, body: Fields): Fields {
  return heard(schema, validated(schema, body), ([, value]) => value !== null);
}

/** The values that are to change. Throws InvalidInput. */
export function changeOf(schema: z.ZodObject, body: Fields): Fields {
  return heard(schema, validated(schema, body));
}

function heard(
  { shape }: z.ZodObject,
  values: Fields,
  isHeard: (entry: [string, unknown]) => boolean = () => true,
): Fields {
  return Object.fromEntries(
    Object.entries(values).filter((entry) => shape[entry[0]] !== ignored() && isHeard(entry)),
  );
}
