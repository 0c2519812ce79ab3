import { stringify } from "lossless-json";
import { JsonText } from "../../formats/json-text.ts";
import type { Outcome } from "../../http/call.ts";
import type { Refused } from "../../http/dialect.ts";
import type { FieldError } from "../../refusals/field-error.ts";
import type { Refusal } from "../../refusals/refusal.ts";
import { ERRORS, INVALID_REQUEST } from "./errors.ts";

/** One record, or whatever else an operation answers (spec: Requests and responses). */
export function answer(status: 200 | 201, data: unknown, message: string): Outcome {
  const text = data instanceof JsonText ? data.text : stringify(data) ?? "null";
  return { status, body: `{"success":true,"message":${JSON.stringify(message)},"data":${text}}` };
}

/** A refusal as the API says it (decisions: 1). */
export function refuse(refusal: Refusal): Refused {
  const { kind, message, fields, facts } = refusal;
  const isOfRequest = kind === "invalid" && fields.some((one) => one.in !== undefined);
  const told = isOfRequest ? INVALID_REQUEST : ERRORS[kind];
  const code = codeOf(refusal) ?? told.code;
  const error = {
    message: kind === "invalid" ? "The request has mistakes." : message,
    type: typeof facts.type === "string" ? facts.type : told.type,
    code,
    ...(kind === "invalid" ? { fields: fields.map(shown) } : {}),
    ...("existing_id" in facts ? { existing_id: facts.existing_id } : {}),
  };
  const body = JSON.stringify({ success: false, error });
  return { status: told.status, code: code ?? error.type, body };
}

function codeOf({ kind, facts }: Refusal): string | undefined {
  if (typeof facts.code === "string") return facts.code;
  const isOfTheDay = kind === "limited" && String(facts.limit).endsWith("_per_day");
  return isOfTheDay ? "daily_limit" : undefined;
}

function shown({ field, message }: FieldError): FieldError {
  return { field, message };
}
