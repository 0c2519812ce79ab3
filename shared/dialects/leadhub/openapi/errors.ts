import type { Kind } from "../../../refusals/refusal.ts";
import type { Components } from "../../../openapi/document.ts";
import { responsesOf } from "../../../openapi/error-responses.ts";
import type { OtherHeader } from "../../../openapi/headers.ts";
import { object, type Schema } from "../../../openapi/schemas.ts";
import { CODES, ERROR_STATUS } from "../errors.ts";
import { HEADERS } from "./headers.ts";

interface Told {
  /** The name of its schema. */
  name: string;
  when: string;
  headers?: readonly OtherHeader[];
}

/** What a refusal of each kind tells. */
const TOLD: Readonly<Record<Kind, Told>> = {
  invalid: {
    name: "ValidationFailed",
    when: "A field or parameter is missing, wrong or unknown; `errors` names each.",
  },
  unauthenticated: {
    name: "Unauthorized",
    when: "No valid API key.",
    headers: ["WWW-Authenticate"],
  },
  forbidden: {
    name: "Forbidden",
    when: "The key lacks the scope, or may not be used from here.",
  },
  not_found: { name: "NotFound", when: "The workspace has no such record." },
  method_not_allowed: {
    name: "MethodNotAllowed",
    when: "This path does not support the method; `Allow` lists those it does.",
    headers: ["Allow"],
  },
  conflict: { name: "Conflict", when: "Something is in the way; `errors` may say what." },
  key_reused: {
    name: "IdempotencyKeyReused",
    when: "The idempotency key was used for another request in the last 24 hours.",
  },
  too_large: { name: "PayloadTooLarge", when: "The body, unpacked, has too many bytes." },
  unsupported_type: {
    name: "UnsupportedMediaType",
    when:
      "The body is of a type that is not taken here, or is packed other than with gzip or deflate.",
  },
  limited: {
    name: "RateLimited",
    when: "The key made more requests than it may in an hour, an address more submissions of a " +
      "form than in a minute, or the request would create more than the workspace may in a UTC day.",
    headers: ["Retry-After"],
  },
  payment_required: { name: "PaymentRequired", when: "Nothing here costs anything." },
  provider_failed: { name: "ProviderFailed", when: "Nothing here asks another service." },
  failed: { name: "ServerError", when: "Our fault; the log has the request id." },
  unavailable: {
    name: "ServiceUnavailable",
    when: "The database is away; try again.",
    headers: ["Retry-After"],
  },
};

/** The answers of these refusals, by status. */
export function errorResponses(
  { schemas, responses }: Components,
  kinds: Iterable<Kind>,
): Record<string, Schema> {
  const errors = Array.from(new Set(kinds), (kind) => ({
    ...TOLD[kind],
    status: ERROR_STATUS[CODES[kind]],
    schema: schemas.named(TOLD[kind].name, () => errorBody(kind)),
  }));
  return responsesOf(responses, HEADERS, errors);
}

function errorBody(kind: Kind): Schema {
  const code = CODES[kind];
  const isByField = [422, 409].includes(ERROR_STATUS[code]);
  return {
    description: TOLD[kind].when,
    ...object({
      status: { type: "string", const: "error" },
      message: { type: "string", description: "For people; it may change." },
      code: { type: "string", const: code },
      ...(isByField ? { errors: ERRORS } : {}),
    }),
  };
}

const ERRORS: Schema = {
  type: "object",
  description: "What is wrong with each field or parameter; `body` stands for the whole body.",
  additionalProperties: { type: "array", items: { type: "string" }, minItems: 1 },
};
