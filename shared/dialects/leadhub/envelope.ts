import { stringify } from "lossless-json";
import { JsonText } from "../../formats/json-text.ts";
import type { Outcome } from "../../http/call.ts";
import type { Refused } from "../../http/dialect.ts";
import type { FieldError } from "../../refusals/field-error.ts";
import type { Refusal } from "../../refusals/refusal.ts";
import { CODES, ERROR_STATUS } from "./errors.ts";

const INVALID = "The given data was invalid.";

/** One record (spec: Success Response). */
export function answer(status: 200 | 201 | 202, data: unknown): Outcome {
  const text = data instanceof JsonText ? data.text : stringify(data) ?? "null";
  return { status, body: `{"data":${text}}` };
}

/** A record is gone. */
export const NO_CONTENT: Outcome = { status: 204, body: null };

/** A refusal as the API says it (spec: Error Response). */
export function refuse({ kind, message, fields }: Refusal): Refused {
  const code = CODES[kind];
  const status = ERROR_STATUS[code];
  const isByField = (status === 422 || status === 409) && fields.length > 0;
  const body = JSON.stringify({
    status: "error",
    message: status === 422 ? INVALID : message,
    code,
    ...(isByField ? { errors: errorsOf(fields) } : {}),
  });
  return { status, code, body };
}

function errorsOf(fields: readonly FieldError[]): Record<string, string[]> {
  const errors = new Map<string, string[]>();
  for (const error of fields) {
    const field = pathOf(error.field);
    errors.set(field, [...errors.get(field) ?? [], sentenceOf(field, error)]);
  }
  return Object.fromEntries(errors);
}

// `fields[0].type` as `fields.0.type`.
function pathOf(field: string): string {
  return field.replace(/\[(\d+)\]/g, ".$1");
}

/** What is wrong with a field, in the words of this API (spec: Error Response). */
export function sentenceOf(field: string, { message, rule }: FieldError): string {
  if (rule === "email") return `The ${field} field must be a valid email address.`;
  if (rule === "required") return `The ${field} field is required.`;
  return message;
}
