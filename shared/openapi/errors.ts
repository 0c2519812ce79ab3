import type { DailyLimit, FieldError } from "../crm/errors.ts";
import { BATCH_LIMIT, SINGLE_LIMIT } from "../http/body.ts";
import { ERROR_STATUS, type ErrorCode } from "../http/errors.ts";
import type { Contract } from "../http/operation.ts";
import { answerHeaders } from "./headers.ts";
import { object, objectOf, oneOfThese, ref, type Schema, type Schemas } from "./schemas.ts";

interface ErrorKind {
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
const waiting: Pick<ErrorKind, "code" | "headers"> = {
  code: "RATE_LIMIT_EXCEEDED",
  headers: ["Retry-After"],
};
const KINDS = {
  ValidationError: {
    code: "VALIDATION_ERROR",
    when: "A field or parameter is missing, wrong or unknown; `details.fields` names each.",
    details: fields,
  },
  NothingWritten: {
    code: "VALIDATION_ERROR",
    when: "No item of the batch was written; `details.results` says why.",
    details: () => object(outcome),
  },
  Unauthorized: {
    code: "UNAUTHORIZED",
    when: "No valid API key.",
    headers: ["WWW-Authenticate"],
  },
  Forbidden: {
    code: "FORBIDDEN",
    when: "The key lacks the scope in `details.required_scope`, or may not be used from here.",
    details: () => object({ required_scope: { type: "string" } }),
    detailsMayBeAbsent: true,
  },
  NotFound: { code: "NOT_FOUND", when: "The workspace has no such record." },
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
    when: "The body is not JSON, or is packed other than with gzip or deflate.",
  },
  RateLimitExceeded: {
    ...waiting,
    when: "The workspace made more requests than it may in a minute.",
    details: () => object({ limit: { type: "string", const: "requests_per_minute" } }),
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
} satisfies Record<string, ErrorKind>;

type ErrorName = keyof typeof KINDS;

/** The errors of a public document. */
export const PUBLIC_ERRORS: readonly ErrorName[] = ["MethodNotAllowed", "InternalError"];

/** The answers of these errors, by status. */
export function errorResponses(
  schemas: Schemas,
  responses: Map<string, Schema>,
  errors: readonly ErrorName[],
): Record<string, Schema> {
  const byStatus = new Map<string, ErrorName[]>();
  for (const name of errors) {
    const status = String(ERROR_STATUS[KINDS[name].code]);
    byStatus.set(status, [...byStatus.get(status) ?? [], name]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, names]) => {
      const component = names.join("Or");
      responses.set(component, response(schemas, names));
      return [status, ref("responses", component)];
    }),
  );
}

/** The errors that an operation can give. */
export function errorsOf(contract: Contract, bodyLimit: number | undefined): ErrorName[] {
  const { action, resource, counts } = contract;
  const reads = action === "list";
  const isBatch = action === "batch" || action === "ingestBatch";
  const conflicts = action === "update" || (action === "create" && !contract.matchedBy);
  return [
    "ValidationError",
    ...(isBatch ? ["NothingWritten" as const] : []),
    "Unauthorized",
    "Forbidden",
    ...("id" in contract.parameters.shape ? ["NotFound" as const] : []),
    "MethodNotAllowed",
    ...(conflicts && hasUniqueField(resource) ? ["Conflict" as const] : []),
    ...(reads ? [] : ["IdempotencyKeyReused" as const]),
    ...(bodyLimit ? ["PayloadTooLarge" as const, "UnsupportedMediaType" as const] : []),
    "RateLimitExceeded",
    ...(counts ? [isBatch ? "BatchLimitReached" as const : "DailyLimitReached" as const] : []),
    "InternalError",
    "ServiceUnavailable",
  ];
}

// PostgreSQL names a unique constraint so.
function hasUniqueField(resource: Contract["resource"]): boolean {
  const { constraints = {} } = resource as { constraints?: Record<string, unknown> };
  return Object.keys(constraints).some((name) => name.endsWith("_key"));
}

function response(schemas: Schemas, names: readonly ErrorName[]): Schema {
  const kinds = names.map((name): ErrorKind => KINDS[name]);
  const bodies = names.map((name) => schemas.named(name, () => errorBody(schemas, KINDS[name])));
  return {
    description: kinds.map(({ when }) => when).join(" "),
    headers: answerHeaders(...new Set(kinds.flatMap(({ headers = [] }) => headers))),
    content: {
      "application/json": { schema: bodies.length === 1 ? bodies[0] : { anyOf: bodies } },
    },
  };
}

function errorBody(schemas: Schemas, kind: ErrorKind): Schema {
  const { code, when, details, detailsMayBeAbsent } = kind;
  const error = object({
    code: { type: "string", const: code },
    message: { type: "string", description: "For people; it may change." },
    ...(details ? { [detailsMayBeAbsent ? "details?" : "details"]: details(schemas) } : {}),
  });
  return {
    description: when,
    ...object({ success: { type: "boolean", const: false }, error, meta: ref("schemas", "Meta") }),
  };
}

/** The schema of `fields`: what is wrong with each. */
export function fieldErrors(schemas: Schemas): Schema {
  const one = schemas.named("FieldError", () =>
    objectOf<FieldError>({
      field: { type: "string", description: "Path, such as `email` or `contacts[3].email`." },
      message: { type: "string", description: "What is wrong, and what would be right." },
    }));
  return { type: "array", items: one, minItems: 1 };
}
