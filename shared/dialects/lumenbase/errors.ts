import type { Kind } from "../../refusals/refusal.ts";

/** Every error the API gives, with its HTTP status (spec: Error handling). */
export const ERROR_STATUS = {
  VALIDATION_ERROR: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  CONFLICT: 409,
  IDEMPOTENCY_KEY_REUSED: 409,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  RATE_LIMIT_EXCEEDED: 429,
  INTERNAL_ERROR: 500,
  SERVICE_UNAVAILABLE: 503,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/** What each kind of refusal is called. */
export const CODES: Readonly<Record<Kind, ErrorCode>> = {
  invalid: "VALIDATION_ERROR",
  unauthenticated: "UNAUTHORIZED",
  forbidden: "FORBIDDEN",
  not_found: "NOT_FOUND",
  method_not_allowed: "METHOD_NOT_ALLOWED",
  conflict: "CONFLICT",
  key_reused: "IDEMPOTENCY_KEY_REUSED",
  too_large: "PAYLOAD_TOO_LARGE",
  unsupported_type: "UNSUPPORTED_MEDIA_TYPE",
  limited: "RATE_LIMIT_EXCEEDED",
  failed: "INTERNAL_ERROR",
  // No operation of this API costs anything.
  payment_required: "FORBIDDEN",
  provider_failed: "SERVICE_UNAVAILABLE",
  unavailable: "SERVICE_UNAVAILABLE",
};
