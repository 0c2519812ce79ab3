import { responsesOf } from "../../../openapi/error-responses.ts";
import { ERROR_STATUS } from "../errors.ts";
import { type Contract, READS } from "../contract.ts";
import { type ErrorKind, KINDS } from "./error-kinds.ts";
import { HEADERS } from "./headers.ts";
import { object, ref, type Schema, type Schemas } from "../../../openapi/schemas.ts";

type ErrorName = keyof typeof KINDS;

/** The errors of a public document. */
export const PUBLIC_ERRORS: readonly ErrorName[] = ["MethodNotAllowed", "InternalError"];

/** The answers of these errors, by status. */
export function errorResponses(
  schemas: Schemas,
  responses: Map<string, Schema>,
  errors: readonly ErrorName[],
): Record<string, Schema> {
  const told = errors.map((name) => ({
    ...KINDS[name],
    name,
    status: ERROR_STATUS[KINDS[name].code],
    schema: schemas.named(name, () => errorBody(schemas, KINDS[name])),
  }));
  return responsesOf(responses, HEADERS, told);
}

/** The errors that an operation can give. */
export function errorsOf(contract: Contract, bodyLimit: number | undefined): ErrorName[] {
  const { action, counts } = contract;
  const isBatch = action === "batch" || action === "ingestBatch";
  const counted = counts !== undefined || action === "replay" || action === "rehearse";
  const isFeed = action === "feed";
  return [
    "ValidationError",
    ...(isFeed ? ["CursorExpired" as const] : []),
    ...(isBatch ? ["NothingWritten" as const] : []),
    "Unauthorized",
    "Forbidden",
    ...(namesRecord(contract) ? ["NotFound" as const] : []),
    "MethodNotAllowed",
    ...conflictsOf(contract),
    ...(bodyLimit ? ["PayloadTooLarge" as const, "UnsupportedMediaType" as const] : []),
    "RateLimitExceeded",
    ...(isFeed ? ["TooManyStreams" as const] : []),
    ...(counted ? [isBatch ? "BatchLimitReached" as const : "DailyLimitReached" as const] : []),
    ...connectorErrors(contract),
    "InternalError",
    "ServiceUnavailable",
  ];
}

function namesRecord({ action, parameters, connectable }: Contract): boolean {
  return "id" in parameters.shape || action === "merge" || action === "handshake" ||
    connectable === true;
}

function conflictsOf({ action, resource, matchedBy }: Contract): ErrorName[] {
  if (action === "rehearse") return ["NotReplayable"];
  if (READS.includes(action) || ["feed", "handshake"].includes(action)) return [];
  if (action === "replay") return ["NotReplayable"];
  if (action === "retry") return ["NotDead", "IdempotencyKeyReused"];
  if (action === "rotate") return ["NotRotatable", "IdempotencyKeyReused"];
  if (action === "undoMerge") return ["NotUndoable", "IdempotencyKeyReused"];
  const writes = action === "update" || (action === "create" && !matchedBy);
  return [
    ...(writes && hasUniqueField(resource) ? ["Conflict" as const] : []),
    ...(resource.record === "role" ? ["RoleKept" as const] : []),
    "IdempotencyKeyReused",
  ];
}

function connectorErrors({ action, connectable }: Contract): ErrorName[] {
  if (action === "handshake") return ["ConnectorLimitReached"];
  if (action === "rehearse") return ["LookupFailed"];
  if (action !== "replay" && !connectable) return [];
  return [
    "DeliveryFailed",
    "DeliveryConflict",
    "DeliveryOverLimit",
    "LookupFailed",
    ...(connectable ? ["ConnectorLimitReached" as const] : []),
  ];
}

// PostgreSQL names a unique constraint so.
function hasUniqueField(resource: Contract["resource"]): boolean {
  const { constraints = {} } = resource as { constraints?: Record<string, unknown> };
  return Object.keys(constraints).some((name) => name.endsWith("_key"));
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
