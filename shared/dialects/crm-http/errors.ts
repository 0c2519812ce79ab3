import type { Kind } from "../../refusals/refusal.ts";

/** The HTTP status of each kind of refusal; the reference has no codes. */
export const ERROR_STATUS: Readonly<Record<Kind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  key_reused: 409,
  too_large: 413,
  unsupported_type: 415,
  limited: 429,
  failed: 500,
  unavailable: 503,
};
