import { LosslessNumber, stringify } from "lossless-json";
import { JsonText } from "../../formats/json-text.ts";
import type { ApiError } from "./errors.ts";

const API_VERSION = "1";

/** What an operation answers on success. */
export interface Answer {
  status: 200 | 201 | 207;
  data: unknown;
}

/** The body of a success (spec: Response envelope); amounts keep all their digits. */
export function successBody(requestId: string, { data }: Answer): string {
  if (data instanceof JsonText) {
    return `{"success":true,"data":${data.text},"meta":${JSON.stringify(meta(requestId))}}`;
  }
  const body = { success: true, data, meta: meta(requestId) };
  return isPlain(data) ? JSON.stringify(body) : stringify(body) ?? "";
}

/** The body of an error (spec: Error handling). */
export function errorBody(requestId: string, { code, message, details }: ApiError): string {
  return JSON.stringify({
    success: false,
    error: { code, message, ...(details ? { details } : {}) },
    meta: meta(requestId),
  });
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
