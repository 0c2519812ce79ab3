import { isSafeNumber, LosslessNumber } from "lossless-json";
import type * as z from "zod";
import { type FieldError, InvalidInput } from "../refusals/errors.ts";
import type { Fields } from "../crm/plan.ts";
import { mended, storable } from "../refusals/storable.ts";
import { unknownField, validated } from "../refusals/validation.ts";
import type { Definition } from "./definition.ts";
import { preparedEvent } from "./events.ts";
import { type Budget, compileExpression, ExpressionError } from "./expressions/expression.ts";
import { targetSchemas } from "./target-fields.ts";

const NUMBERS = new Set(["signal_strength", "deal_value"]);
const OBJECTS = new Set(["data"]);
const MOST_WARNINGS = 20;
const LONGEST_WARNING = 500;
const IDENTIFYING = {
  contact: ["email", "phone", "first_name", "last_name", "contact_id"],
  activity: ["type"],
} as const;

/** What a field map gives of an event. */
export interface MappedEvent {
  values: Fields;
  /** What `prepare` tells of the event that could not be read. */
  warnings: FieldError[];
}

/**
 * Evaluates a connector's field map on one event and fills in the defaults. Throws InvalidInput,
 * naming `prepare`, or `field_map.<field>` for each expression that fails.
 */
export async function mapEvent(
  { prepare, field_map, defaults }: Pick<Definition, "prepare" | "field_map" | "defaults">,
  event: unknown,
  budget: Budget,
): Promise<MappedEvent> {
  const mistakes: FieldError[] = [];
  const values: Fields = { ...defaults };
  const prepared = await preparedEvent({ prepare }, event, budget);
  for (const [field, text] of Object.entries(field_map)) {
    try {
      const value = fitted(field, await compileExpression(text).evaluate(prepared, budget));
      if (value !== undefined) values[field] = value;
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      mistakes.push({ field: `field_map.${field}`, message: error.message });
    }
  }
  if (mistakes.length > 0) throw new InvalidInput(mistakes, "The field map fails on this event.");
  return {
    values: mended(values) as Fields,
    warnings: prepare === null ? [] : mended(warningsIn(prepared)) as FieldError[],
  };
}

function warningsIn(event: unknown): FieldError[] {
  const { prepared } = event as { prepared?: { warnings?: unknown } | null };
  return [prepared?.warnings ?? []].flat().slice(0, MOST_WARNINGS).flatMap((given) => {
    const { field, message } = Object(given) as Record<string, unknown>;
    const isTold = typeof field === "string" && typeof message === "string";
    return isTold ? [{ field, message: message.slice(0, LONGEST_WARNING) }] : [];
  });
}

/** What is wrong with the names of the fields that a connector fills. */
export function fieldMistakes(
  { target, field_map, defaults }: Pick<Definition, "target" | "field_map" | "defaults">,
): FieldError[] {
  const known = Object.keys(targetSchemas[target].shape);
  const unknown = (within: string, fields: object) =>
    Object.keys(fields).filter((field) => !known.includes(field)).map((field) => ({
      field: `${within}.${field}`,
      message: unknownField(field, known),
    }));
  const mistakes = [...unknown("field_map", field_map), ...unknown("defaults", defaults)];
  const identifying: readonly string[] = IDENTIFYING[target];
  if (identifying.some((field) => field in field_map || field in defaults)) return mistakes;
  const message = identifying.length > 1
    ? `Must fill at least one of ${identifying.join(", ")}.`
    : `Must fill ${identifying.join()}, here or in defaults.`;
  return [...mistakes, { field: "field_map", message }];
}

/** What is wrong with the values of a connector's defaults. */
export function defaultMistakes(
  { target, defaults }: Pick<Definition, "target" | "defaults">,
): FieldError[] {
  const schemas: Record<string, z.ZodType> = targetSchemas[target].shape;
  return Object.entries(defaults).flatMap(([field, value]) => {
    const schema = Object.hasOwn(schemas, field) ? schemas[field] : undefined;
    if (schema === undefined) return [];
    try {
      validated(schema, storable(value));
      return [];
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      return error.fields.map(({ message }) => ({ field: `defaults.${field}`, message }));
    }
  });
}

// An answer that was left blank says nothing: it neither clears a field nor replaces a default.
function fitted(field: string, value: unknown): unknown {
  if (value === undefined || value === null) return undefined;
  if (OBJECTS.has(field) || (NUMBERS.has(field) && typeof value === "number")) return value;
  const text = textOf(value);
  // No field takes an object: it goes where all goes that cannot be read, with a warning.
  if (text === undefined) return value;
  if (text.trim() === "") return undefined;
  const digits = text.trim();
  if (!NUMBERS.has(field) || !/^-?\d+(?:\.\d+)?(?:e[+-]?\d{1,3})?$/i.test(digits)) return text;
  return isSafeNumber(digits) ? Number(digits) : new LosslessNumber(digits);
}

function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (!Array.isArray(value)) return undefined;
  const texts = value.filter((one) => one !== null).map(textOf);
  if (texts.includes(undefined)) return undefined;
  return texts.filter((one) => one !== "").join(", ");
}
