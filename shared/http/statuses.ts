import type { Kind } from "../refusals/refusal.ts";

/** The HTTP status of each kind of refusal (RFC 9110, section 15), where an API has none of its own. */
export const STATUSES: Readonly<Record<Kind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  payment_required: 402,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  key_reused: 409,
  too_large: 413,
  unsupported_type: 415,
  limited: 429,
  failed: 500,
  provider_failed: 502,
  unavailable: 503,
};
