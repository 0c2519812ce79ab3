import { IDEMPOTENCY_KEY } from "../http/idempotency.ts";
import { REQUEST_ID } from "../http/request-id.ts";
import type { Schema } from "./schemas.ts";

const idempotencyKey: Schema = {
  type: "string",
  pattern: IDEMPOTENCY_KEY.source,
  examples: ["order-2026-0117"],
};

/** The headers that a request can have in every API, besides its key. */
export const REQUEST_HEADERS = {
  IdempotencyKey: {
    name: "Idempotency-Key",
    in: "header",
    description: "Makes a retry safe: within 24 hours, the same request with the same key is " +
      "answered with the first answer and written once.",
    schema: idempotencyKey,
  },
  XIdempotencyKey: {
    name: "X-Idempotency-Key",
    in: "header",
    description: "Another name of `Idempotency-Key`. When both are sent they must be the same.",
    schema: idempotencyKey,
  },
  IfNoneMatch: {
    name: "If-None-Match",
    in: "header",
    description: "The `ETag` of the document that the client has.",
    schema: { type: "string" },
  },
  XRequestId: {
    name: "X-Request-Id",
    in: "header",
    description: "An id of the client's own to find the request by; another value is ignored.",
    schema: { type: "string", pattern: REQUEST_ID.source, examples: ["web-form-7f3a"] },
  },
} satisfies Record<string, Schema>;
