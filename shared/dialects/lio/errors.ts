import { type Facts, type Kind, Refusal } from "../../refusals/refusal.ts";

/** What an error is called, and its code unless the refusal has one of its own (decisions: 1). */
interface Told {
  status: number;
  type: string;
  code: string | null;
}

/** How each kind of refusal is told. What is wrong with a query or a path is an `invalid_request`. */
export const ERRORS: Readonly<Record<Kind, Told>> = {
  invalid: { status: 422, type: "validation_error", code: null },
  unauthenticated: { status: 401, type: "authentication_error", code: "token_invalid" },
  forbidden: { status: 403, type: "permission_error", code: "role" },
  not_found: { status: 404, type: "not_found", code: null },
  method_not_allowed: { status: 405, type: "method_not_allowed", code: null },
  conflict: { status: 409, type: "conflict", code: "duplicate" },
  key_reused: { status: 409, type: "conflict", code: "idempotency_key_reused" },
  too_large: { status: 413, type: "payload_too_large", code: null },
  unsupported_type: { status: 415, type: "unsupported_media_type", code: null },
  limited: { status: 429, type: "rate_limit_error", code: "rate_limit" },
  payment_required: { status: 402, type: "payment_required", code: null },
  failed: { status: 500, type: "server_error", code: null },
  provider_failed: { status: 502, type: "provider_error", code: null },
  unavailable: { status: 503, type: "service_unavailable", code: null },
};

/** How a request is told that has mistakes outside of a body that could be read. */
export const INVALID_REQUEST: Told = { status: 400, type: "invalid_request", code: null };

/** A refusal with a code of this API's own. */
export function refusal(kind: Kind, code: string, message: string, facts: Facts = {}): Refusal {
  return new Refusal(kind, message, { ...facts, code });
}

/** Credits or money that are too few for what was asked. */
export function paymentRequired(code: string, message: string): Refusal {
  return refusal("payment_required", code, message);
}

/** A service that the organisation or the user has to connect first. */
export function notConnected(service: string, message: string): Refusal {
  return refusal("conflict", service, message, { type: "not_connected" });
}

/** Nobody can tell when a service will be configured. */
const CONFIGURED_SECONDS = 3_600;

/** What is missing of the configuration. */
export function notConfigured(service: string, message: string): Refusal {
  const facts = { type: "not_configured", retry_after: CONFIGURED_SECONDS };
  return refusal("unavailable", service, message, facts);
}
