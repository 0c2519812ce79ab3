import { type FieldError, InvalidInput } from "../../shared/refusals/errors.ts";

/** The mistakes that an attempt was refused for; fails when it was not refused. */
export function mistakes(attempt: () => unknown): readonly FieldError[] {
  try {
    attempt();
  } catch (error) {
    if (error instanceof InvalidInput) return error.fields;
    throw error;
  }
  throw new Error("it was accepted");
}

/** The fields that an attempt was refused for, sorted. */
export function wrongFields(attempt: () => unknown): string[] {
  return mistakes(attempt).map(({ field }) => field).sort();
}
