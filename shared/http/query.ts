import type { z } from "zod";
import { type FieldError, InvalidInput } from "../crm/errors.ts";
import { validated } from "../crm/validation.ts";
import { unstorableText } from "./json.ts";

/**
 * Validates the query parameters. Throws InvalidInput for unknown ones, ones given twice and ones
 * that are not storable text. An empty search counts as absent.
 */
export function parseQuery<T extends z.ZodObject>(
  schema: T,
  parameters: URLSearchParams,
): z.output<T> {
  const names = [...new Set(parameters.keys())];
  const mistakes = names.flatMap((name): FieldError[] => {
    const values = parameters.getAll(name);
    if (values.length > 1) return [{ field: name, message: "Must be given once." }];
    const message = unstorableText(values.join(""));
    return message === null ? [] : [{ field: name, message }];
  });
  const wrong = new Set(mistakes.map(({ field }) => field));
  const given = [...parameters].filter(([name, value]) => name !== "search" || value !== "");
  try {
    const values = validated(schema, Object.fromEntries(given));
    if (mistakes.length === 0) return values;
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    mistakes.push(...error.fields.filter(({ field }) => !wrong.has(field)));
  }
  throw new InvalidInput(mistakes);
}
