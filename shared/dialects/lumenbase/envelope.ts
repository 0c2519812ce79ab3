import { LosslessNumber, stringify } from "lossless-json";
import { JsonText } from "../../formats/json-text.ts";
import type { Call, Outcome } from "../../http/call.ts";
import type { Refused } from "../../http/dialect.ts";
import type { FieldError } from "../../refusals/field-error.ts";
import type { Refusal } from "../../refusals/refusal.ts";
import { CODES, ERROR_STATUS } from "./errors.ts";

const API_VERSION = "1";

/**
 * A success with this data (spec: Response envelope); amounts keep all their digits. `about` is told in
 * `meta` besides.
 */
export function answer(
  { requestId }: Pick<Call, "requestId">,
  status: 200 | 201 | 207,
  data: unknown,
  about: Readonly<Record<string, unknown>> = {},
): Outcome {
  return { status, body: successBody(data, { ...meta(requestId), ...about }) };
}

/** A refusal as the API says it (spec: Error handling). */
export function refuse({ kind, message, facts }: Refusal, requestId: string): Refused {
  const code = CODES[kind];
  const { retry_after: _, challenge: __, fields, ...others } = facts;
  const details = {
    ...(fields ? { fields: fields.map(told) } : {}),
    ...others,
  };
  const body = JSON.stringify({
    success: false,
    error: { code, message, ...(Object.keys(details).length > 0 ? { details } : {}) },
    meta: meta(requestId),
  });
  return { status: ERROR_STATUS[code], code, body };
}

function told({ field, message }: FieldError): FieldError {
  return { field, message };
}

function successBody(data: unknown, about: Readonly<Record<string, unknown>>): string {
  if (data instanceof JsonText) {
    return `{"success":true,"data":${data.text},"meta":${JSON.stringify(about)}}`;
  }
  const body = { success: true, data, meta: about };
  return isPlain(data) ? JSON.stringify(body) : stringify(body) ?? "";
}

// What holds no amount is written by the engine itself, which is many times as fast.
function isPlain(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return typeof value !== "bigint";
  if (value instanceof LosslessNumber) return false;
  // Their names need not be read to visit them.
  return (Array.isArray(value) ? value : Object.values(value)).every(isPlain);
}

function meta(requestId: string) {
  return { request_id: requestId, api_version: API_VERSION, timestamp: new Date().toISOString() };
}
