import { DatabaseUnavailable, isDataError, isPolicyError } from "../db/errors.ts";
import { InvalidInput } from "./errors.ts";
import type { FieldError } from "./field-error.ts";
import { Refusal } from "./refusal.ts";

const RETRY_SECONDS = 5;
const MAX_MISTAKES = 100;

/**
 * The refusal that an error stands for: itself, a value that the database refused, the database being
 * away, else a failure of which nobody is told more than that.
 */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return bounded(error);
  if (isDataError(error)) {
    return new InvalidInput(
      [{ field: "request", message: "A value cannot be stored or compared." }],
      "A value is out of range.",
    );
  }
  if (isPolicyError(error)) {
    return new Refusal("forbidden", "Your role may not write that: it is of somebody else.");
  }
  if (error instanceof DatabaseUnavailable) {
    return new Refusal(
      "unavailable",
      "The service is briefly unavailable; try again.",
      { retry_after: RETRY_SECONDS },
      { cause: error },
    );
  }
  return new Refusal(
    "failed",
    "Something went wrong on our side; the request id helps us find out what.",
    {},
    { cause: error },
  );
}

// A hostile body can hold a mistake for every few bytes of it.
function bounded(refusal: Refusal): Refusal {
  const { kind, message, facts, fields, cause } = refusal;
  if (fields.length <= MAX_MISTAKES) return refusal;
  const more: FieldError = {
    field: "body",
    message: `And ${fields.length - MAX_MISTAKES} more mistakes.`,
  };
  const first = { ...facts, fields: [...fields.slice(0, MAX_MISTAKES), more] };
  return new Refusal(kind, message, first, { cause });
}
