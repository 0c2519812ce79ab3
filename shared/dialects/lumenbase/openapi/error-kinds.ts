import type { DailyLimit } from "../../../refusals/errors.ts";
import { BATCH_LIMIT, SINGLE_LIMIT } from "../../../http/body.ts";
import type { ErrorCode } from "../errors.ts";
import { MOST_STREAMS } from "../events/open-streams.ts";
import { deliveryResults } from "./deliveries.ts";
import { fieldErrors } from "./field-errors.ts";
import { object, oneOfThese, ref, type Schema, type Schemas } from "../../../openapi/schemas.ts";

/** An error as operations declare it. */
export interface ErrorKind {
  code: ErrorCode;
  when: string;
  details?(schemas: Schemas): Schema;
  detailsMayBeAbsent?: true;
  headers?: ("Allow" | "Retry-After" | "WWW-Authenticate")[];
}

/** The limits of a UTC day, as `details.limit` names them. */
export const dailyLimit = oneOfThese<DailyLimit>({
  contacts_per_day: "new contacts in a UTC day",
  activities_per_day: "new activities in a UTC day",
});
const fields = (schemas: Schemas) => object({ fields: fieldErrors(schemas) });
const outcome = {
  results: { type: "array", items: ref("schemas", "BatchItemResult") },
  summary: ref("schemas", "BatchSummary"),
};
// Of one event, or of several.
const delivered = (schemas: Schemas, one: Record<string, Schema>) => ({
  anyOf: [
    object({ ...one, delivery_id: ref("schemas", "RecordId") }),
    object(deliveryResults(schemas)),
  ],
});
const waiting: Pick<ErrorKind, "code" | "headers"> = {
  code: "RATE_LIMIT_EXCEEDED",
  headers: ["Retry-After"],
};
/** Every error that operations declare, by the name of its schema. */
export const KINDS = {
  ValidationError: {
    code: "VALIDATION_ERROR",
    when: "A field or parameter is missing, wrong or unknown; `details.fields` names each.",
    details: fields,
  },
  CursorExpired: {
    code: "VALIDATION_ERROR",
    when: "Events after the cursor were removed, as they are kept for 30 days.",
    details: (schemas) =>
      object({ fields: fieldErrors(schemas), expired: { type: "boolean", const: true } }),
  },
  NothingWritten: {
    code: "VALIDATION_ERROR",
    when: "No item of the batch was written; `details.results` says why.",
    details: () => object(outcome),
  },
  Unauthorized: {
    code: "UNAUTHORIZED",
    when:
      "No valid API key, user token or connector token, or not the proof that the connector asks for.",
    headers: ["WWW-Authenticate"],
  },
  Forbidden: {
    code: "FORBIDDEN",
    when:
      "The key or the role lacks the scope in `details.required_scope`, the role may not do it, or " +
      "the key may not be used from here.",
    details: () => object({ required_scope: { type: "string" } }),
    detailsMayBeAbsent: true,
  },
  NotFound: { code: "NOT_FOUND", when: "The workspace has no such record, or no such connector." },
  MethodNotAllowed: {
    code: "METHOD_NOT_ALLOWED",
    when: "This path does not support the method; `details.allowed` lists those it does.",
    details: () => object({ allowed: { type: "array", items: { type: "string" } } }),
    headers: ["Allow"],
  },
  Conflict: {
    code: "CONFLICT",
    when: "A value that must be unique belongs to another record.",
    details: fields,
  },
  IdempotencyKeyReused: {
    code: "IDEMPOTENCY_KEY_REUSED",
    when: "The idempotency key was used for another request in the last 24 hours.",
    details: fields,
  },
  PayloadTooLarge: {
    code: "PAYLOAD_TOO_LARGE",
    when: "The body, unpacked, has more than `details.max_bytes` bytes.",
    details: () => object({ max_bytes: { type: "integer", enum: [SINGLE_LIMIT, BATCH_LIMIT] } }),
  },
  UnsupportedMediaType: {
    code: "UNSUPPORTED_MEDIA_TYPE",
    when:
      "The body is not JSON, nor through a connector a form, or is packed other than with gzip " +
      "or deflate.",
  },
  RateLimitExceeded: {
    ...waiting,
    when: "The workspace made more requests than it may in a minute.",
    details: () => object({ limit: { type: "string", const: "requests_per_minute" } }),
  },
  SignInLocked: {
    ...waiting,
    when: "Too many passwords were wrong of late, of the email or from the address.",
    details: () => object({ limit: { type: "string", const: "sign_in" } }),
  },
  TooManyStreams: {
    ...waiting,
    when: `The key has ${MOST_STREAMS} streams open already.`,
    details: () => object({ limit: { type: "string", const: "streams_per_key" } }),
  },
  DailyLimitReached: {
    ...waiting,
    when: "The request would create more than the workspace may in a UTC day.",
    details: () => object({ limit: dailyLimit }),
  },
  BatchLimitReached: {
    ...waiting,
    when: "The day's limit was the reason that no item of the batch was written.",
    details: () => object({ limit: dailyLimit, ...outcome }),
  },
  InternalError: { code: "INTERNAL_ERROR", when: "Our fault; the log has the request id." },
  ServiceUnavailable: {
    code: "SERVICE_UNAVAILABLE",
    when: "The database is away; try again.",
    headers: ["Retry-After"],
  },
  ProviderFailed: {
    code: "SERVICE_UNAVAILABLE",
    when:
      "Google or Microsoft did not answer, or does not take what this server is configured with, or " +
      "what was granted could not be kept. After `consent_spent`, ask for consent again.",
    details: () => object({ code: { type: "string" } }),
    detailsMayBeAbsent: true,
    headers: ["Retry-After"],
  },
  DeliveryFailed: {
    code: "VALIDATION_ERROR",
    when: "What came through the connector cannot be used; it is kept, as `details.delivery_id` " +
      "or each of `details.results` says, and can be replayed.",
    details: (schemas) => delivered(schemas, { "fields?": fieldErrors(schemas) }),
  },
  DeliveryConflict: {
    code: "CONFLICT",
    when: "A value of the event must be unique and belongs to another record; it is kept.",
    details: (schemas) =>
      object({ fields: fieldErrors(schemas), "delivery_id?": ref("schemas", "RecordId") }),
  },
  NotReplayable: {
    code: "CONFLICT",
    when: "The delivery was accepted already, or its connector was deleted.",
    details: fields,
  },
  NotRotatable: {
    code: "CONFLICT",
    when: "The key was revoked, has expired or was rotated already.",
    details: fields,
  },
  NotDead: {
    code: "CONFLICT",
    when: "The job is not dead, or what it was for is told as failed and has to be begun anew.",
    details: fields,
  },
  RoleKept: {
    code: "CONFLICT",
    when: "Every workspace has the role, users have it that is to be deleted, or nobody would be " +
      "an admin any more.",
    details: fields,
  },
  NotUndoable: {
    code: "CONFLICT",
    when: "The merge was undone before, is older than 30 days, or something is in its way.",
    details: fields,
  },
  ConnectorLimitReached: {
    ...waiting,
    when: "The connector's token made more requests than the connector may in a minute.",
    details: () => object({ limit: { type: "string", const: "connector_requests_per_minute" } }),
  },
  DeliveryOverLimit: {
    ...waiting,
    when: "The event would create more than the workspace may in a UTC day; it is kept.",
    details: (schemas) => delivered(schemas, { limit: dailyLimit }),
  },
  LookupFailed: {
    code: "SERVICE_UNAVAILABLE",
    when: "What the event only names could not be fetched from its sender; it is kept.",
    details: (schemas) => delivered(schemas, {}),
    headers: ["Retry-After"],
  },
} satisfies Record<string, ErrorKind>;
