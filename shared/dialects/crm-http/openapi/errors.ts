import { pascalCase } from "../../../formats/pascal-case.ts";
import { STATUSES } from "../../../http/statuses.ts";
import type { Components } from "../../../openapi/document.ts";
import { responsesOf } from "../../../openapi/error-responses.ts";
import type { OtherHeader } from "../../../openapi/headers.ts";
import { object, type Schema } from "../../../openapi/schemas.ts";
import type { Kind } from "../../../refusals/refusal.ts";
import { HEADERS } from "./headers.ts";

interface Told {
  when: string;
  headers?: readonly OtherHeader[];
}

/** What a refusal of each kind tells. */
const TOLD: Readonly<Record<Kind, Told>> = {
  invalid: { when: "A field or parameter is missing, wrong or unknown; the text names each." },
  unauthenticated: { when: "No valid API key.", headers: ["WWW-Authenticate"] },
  forbidden: {
    when: "The entity is not the key's, the key lacks the scope, or may not be used from here.",
  },
  not_found: { when: "The entity has no such record." },
  method_not_allowed: {
    when: "This path does not support the method; `Allow` lists those it does.",
    headers: ["Allow"],
  },
  conflict: { when: "Something is in the way." },
  key_reused: {
    when: "The idempotency key was used for another request in the last 24 hours.",
  },
  too_large: { when: "The body, unpacked, has too many bytes." },
  unsupported_type: { when: "The body is not JSON, or is packed other than with gzip or deflate." },
  limited: {
    when: "The key made more requests than it may in a minute, or the request would create more " +
      "than the workspace may in a UTC day.",
    headers: ["Retry-After"],
  },
  payment_required: { when: "Nothing here costs anything." },
  provider_failed: { when: "Nothing here asks another service." },
  failed: { when: "Our fault; the log has the request id." },
  unavailable: { when: "The database is away; try again.", headers: ["Retry-After"] },
};

const ERROR: Schema = object({
  error: { type: "string", description: "A sentence for people; it may change." },
});

/** The answers of these refusals, by status. */
export function errorResponses(
  { schemas, responses }: Components,
  kinds: Iterable<Kind>,
): Record<string, Schema> {
  const errors = Array.from(new Set(kinds), (kind) => ({
    ...TOLD[kind],
    status: STATUSES[kind],
    name: pascalCase(kind),
    schema: schemas.named("Error", () => ERROR),
  }));
  return responsesOf(responses, HEADERS, errors);
}
