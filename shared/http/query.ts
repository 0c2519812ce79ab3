import * as z from "zod";
import { type FieldError, InvalidInput } from "../refusals/errors.ts";
import { checked } from "../refusals/validation.ts";
import { unstorableText } from "../formats/json.ts";
import { lazy } from "../memory/lazy.ts";

/** The query of an operation that takes no parameters. */
export const noParameters = lazy(() => z.strictObject({}));

/**
 * Validates the query parameters. Throws InvalidInput for unknown ones, ones given twice and ones
 * that are not storable text. An empty search counts as absent.
 */
export function parseQuery<T extends z.ZodObject>(
  schema: T,
  parameters: URLSearchParams,
): z.output<T> {
  const wrong = new Map<string, string>();
  const given = new Map<string, string>();
  for (const [name, value] of parameters) {
    const message = given.has(name) ? "Must be given once." : unstorableText(value);
    if (message !== null) wrong.set(name, message);
    given.set(name, value);
  }
  if (given.get("search") === "") given.delete("search");
  const mistakes = [...wrong].map(([field, message]): FieldError => ({ field, message }));
  try {
    const values = checked(schema, Object.fromEntries(given));
    if (mistakes.length === 0) return values;
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    mistakes.push(...error.fields.filter(({ field }) => !wrong.has(field)));
  }
  throw new InvalidInput(mistakes);
}
