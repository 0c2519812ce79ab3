import { stringify } from "lossless-json";
import type { ApiError } from "./errors.ts";

const API_VERSION = "1";

/** What an operation answers on success. */
export interface Answer {
  status: 200 | 201 | 207;
  data: unknown;
}

/** The body of a success (spec: Response envelope); amounts keep all their digits. */
export function successBody(requestId: string, { data }: Answer): string {
  return stringify({ success: true, data, meta: meta(requestId) }) ?? "";
}

/** The body of an error (spec: Error handling). */
export function errorBody(requestId: string, { code, message, details }: ApiError): string {
  return JSON.stringify({
    success: false,
    error: { code, message, ...(details ? { details } : {}) },
    meta: meta(requestId),
  });
}

function meta(requestId: string) {
  return { request_id: requestId, api_version: API_VERSION, timestamp: new Date().toISOString() };
}
