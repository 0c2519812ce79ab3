import { pascalCase } from "../../../formats/pascal-case.ts";
import type { Components } from "../../../openapi/document.ts";
import { responsesOf } from "../../../openapi/error-responses.ts";
import type { OtherHeader } from "../../../openapi/headers.ts";
import { object, type Schema } from "../../../openapi/schemas.ts";
import type { Kind } from "../../../refusals/refusal.ts";
import { ERRORS, INVALID_REQUEST } from "../errors.ts";
import { HEADERS } from "./headers.ts";

interface Told {
  when: string;
  headers?: readonly OtherHeader[];
}

/** What a refusal of each kind tells. */
const TOLD: Readonly<Record<Kind, Told>> = {
  invalid: { when: "A field of the body is missing, wrong or unknown; `fields` names each." },
  unauthenticated: {
    when: "No token, or one that is not valid, has expired or was revoked; `code` says which.",
    headers: ["WWW-Authenticate"],
  },
  forbidden: {
    when: "The caller's role does not allow it, or the API key may not be used; `code` says why.",
  },
  not_found: { when: "The caller sees no such record." },
  method_not_allowed: {
    when: "This path does not support the method; `Allow` lists those it does.",
    headers: ["Allow"],
  },
  conflict: { when: "Something is in the way; `code` says what, `existing_id` which record." },
  key_reused: {
    when: "The idempotency key was used for another request in the last 24 hours.",
  },
  too_large: { when: "The body, unpacked, has too many bytes." },
  unsupported_type: {
    when:
      "The body is of a type that is not taken here, or is packed other than with gzip or deflate.",
  },
  limited: {
    when: "More requests than the caller may make in a minute, more records than the " +
      "organisation may make in a day, or too many wrong passwords; `code` says which.",
    headers: ["Retry-After"],
  },
  payment_required: { when: "Too few credits, or too little in the wallet; `code` says which." },
  failed: { when: "Our fault; the log has the request id." },
  provider_failed: {
    when: "A service that was asked failed or did not answer; `code` is its own, if it gave one.",
  },
  unavailable: {
    when: "The database is away: try again; or a service is not set up here: `type` is then " +
      "`not_configured`, and `code` says which.",
    headers: ["Retry-After"],
  },
};

const FIELDS: Schema = {
  type: "array",
  items: object({ field: { type: "string" }, message: { type: "string" } }),
};

/** The answers of these refusals, by status. */
export function errorResponses(
  { schemas, responses }: Components,
  kinds: Iterable<Kind>,
): Record<string, Schema> {
  const all = new Set(kinds);
  // Without a body there is no field of one.
  const told = [...all].filter((kind) => kind !== "invalid" || all.has("too_large"));
  const errors = Array.from(told, (kind) => ({
    ...TOLD[kind],
    status: ERRORS[kind].status,
    name: pascalCase(kind),
    schema: schemas.named(pascalCase(`${kind}_error`), () => errorBody(ERRORS[kind].type, kind)),
  }));
  const ofRequest = {
    when: "The body is no JSON object, or a parameter is missing, wrong or unknown; `fields` " +
      "names each.",
    status: INVALID_REQUEST.status,
    name: "InvalidRequest",
    schema: schemas.named("InvalidRequestError", () => errorBody(INVALID_REQUEST.type, "invalid")),
  };
  return responsesOf(responses, HEADERS, [...errors, ...all.has("invalid") ? [ofRequest] : []]);
}

function errorBody(type: string, kind: Kind): Schema {
  const code: Schema = { type: ["string", "null"], description: "Why, for programs." };
  const error = object({
    message: { type: "string", description: "For people; it may change." },
    type: { type: "string", const: type },
    code,
    ...(kind === "invalid" ? { fields: FIELDS } : {}),
  });
  return object({
    success: { type: "boolean", const: false },
    error: { ...error, properties: { ...error.properties as Schema, ...ofKind(type, kind) } },
  });
}

// Errors that are of more than one type, or tell more.
function ofKind(type: string, kind: Kind): Record<string, Schema> {
  if (kind === "unavailable") {
    const description = "`not_configured` where a service is not set up here, which `code` names.";
    return { type: { type: "string", enum: [type, "not_configured"], description } };
  }
  if (kind !== "conflict") return {};
  const description =
    "`not_connected` where a service has to be connected first, which `code` names.";
  return {
    type: { type: "string", enum: [type, "not_connected"], description },
    existing_id: { type: ["integer", "null"], description: "The record that is there." },
  };
}
