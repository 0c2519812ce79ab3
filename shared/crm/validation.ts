import { closestMatch } from "leven";
import { z } from "zod";
import { type FieldError, InvalidInput } from "./errors.ts";

/**
 * Validates a value against a schema. Throws InvalidInput with every mistake, each with the path of
 * its field; an unknown field is answered with the nearest known one.
 */
export function validated<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new InvalidInput(fieldErrors(result.error, schema));
}

/** Runs both checks. Throws one InvalidInput with the mistakes of both. */
export function both<A, B>(first: () => A, second: () => B): [A, B] {
  const mistakes: FieldError[] = [];
  const run = <T>(check: () => T): T | undefined => {
    try {
      return check();
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      mistakes.push(...error.fields);
      return undefined;
    }
  };
  const results = [run(first), run(second)];
  if (mistakes.length > 0) throw new InvalidInput(mistakes);
  return results as [A, B];
}

/** The mistakes of a failed validation, by field. */
export function fieldErrors(error: z.ZodError, schema: z.ZodType): FieldError[] {
  return error.issues.flatMap((issue): FieldError[] => {
    const path = issue.path.map(String);
    if (issue.code !== "unrecognized_keys") {
      return [{ field: pathText(issue.path) || "body", message: sentence(issue.message) }];
    }
    const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
    return issue.keys.map((key) => ({
      field: pathText([...path, key]),
      message: unknownField(key, known),
    }));
  });
}

/** What to say of a name that is not known. */
export function unknownField(name: string, known: readonly string[]): string {
  const nearest = closestMatch(name.slice(0, 64), [...known], { maxDistance: 3 });
  return nearest === undefined
    ? `Unknown; known are ${known.join(", ")}.`
    : `Unknown; did you mean ${nearest}?`;
}

/** `["contacts", 3, "email"]` as `contacts[3].email`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    return text === "" ? String(part) : `${text}.${String(part)}`;
  }, "");
}

function sentence(message: string): string {
  return /[.?!]$/.test(message) ? message : `${message}.`;
}
