import { CONNECTOR_HEADER } from "../connectors/reference.ts";
import { IDEMPOTENCY_KEY } from "../../../http/idempotency.ts";
import { PUBLIC_CACHE } from "../../../http/public-document.ts";
import { REQUEST_ID } from "../../../http/request-id.ts";
import { ref, type Schema } from "../../../openapi/schemas.ts";

interface Header {
  description: string;
  schema: Schema;
  /** Not on every answer that may have it. */
  sometimes?: true;
}

const CHALLENGES = ["Bearer", 'Bearer error="invalid_token"', 'Basic realm="connector"'];
const count: Schema = { type: "integer", minimum: 0 };
const COMMON: Record<string, Header> = {
  "X-Request-Id": {
    description: "The request's id: the client's own when it is valid, else a new UUID.",
    schema: { type: "string", pattern: REQUEST_ID.source },
  },
  "X-RateLimit-Limit": {
    description:
      "Requests that the workspace has a minute; with a connector token those of its connector, " +
      "unless the workspace's are used up.",
    schema: count,
  },
  "X-RateLimit-Remaining": { description: "Requests left in this minute.", schema: count },
  "X-RateLimit-Reset": { description: "When the minute ends, in Unix seconds.", schema: count },
  "RateLimit": {
    description: "Requests left (`r`) and seconds to the end of the minute (`t`).",
    schema: { type: "string", pattern: '^"(workspace|connector)";r=\\d+;t=\\d+$' },
  },
  "RateLimit-Policy": {
    description: "Requests (`q`) in a window of `w` seconds.",
    schema: { type: "string", pattern: '^"(workspace|connector)";q=\\d+;w=60$' },
  },
  "X-Content-Type-Options": {
    description: "Keeps browsers from guessing another type.",
    schema: { type: "string", const: "nosniff" },
  },
  "Access-Control-Allow-Origin": {
    description: "Pages of every origin may read the answer.",
    schema: { type: "string", const: "*" },
  },
  "Access-Control-Expose-Headers": {
    description: "The headers that those pages can read.",
    schema: { type: "string" },
  },
};
const OTHERS: Record<string, Header> = {
  "Cache-Control": {
    description: "Answers belong to the caller alone and are not to be kept.",
    schema: { type: "string", const: "no-store" },
  },
  "Idempotency-Replayed": {
    description: "Sent when this is the kept answer to an earlier request with the same key, or " +
      "when a connector has accepted the event before.",
    schema: { type: "string", const: "true" },
    sometimes: true,
  },
  "Retry-After": {
    description: "Seconds until a new try can succeed.",
    schema: { type: "integer", minimum: 1 },
  },
  "Allow": {
    description: "The methods that are supported here.",
    schema: { type: "string", pattern: "^[A-Z]+(, [A-Z]+)*$" },
  },
  "WWW-Authenticate": {
    description: "How to authenticate, and what was wrong with the key (RFC 6750).",
    schema: { type: "string", enum: CHALLENGES },
  },
  "ETag": {
    description: "Changes with the content; send it back as `If-None-Match`.",
    schema: { type: "string", pattern: '^(W/)?"[^"]+"$' },
  },
};
const ALL = { ...COMMON, ...OTHERS };

/** The headers of every answer that is its caller's alone, and those of these names. */
export function answerHeaders(...others: (keyof typeof OTHERS)[]): Record<string, Schema> {
  const names = [...Object.keys(COMMON), "Cache-Control", ...others];
  return Object.fromEntries(names.map((name) => [name, ref("headers", name)]));
}

/** The headers of a public document. */
export function publicHeaders(): Record<string, Schema> {
  return {
    ...answerHeaders("ETag"),
    "Cache-Control": {
      description: "Anybody may keep the document for this long.",
      required: true,
      schema: { type: "string", const: PUBLIC_CACHE },
    },
  };
}

/** The header components. */
export function headerComponents(): Record<string, Schema> {
  return Object.fromEntries(
    Object.entries(ALL).map(([name, { description, schema, sometimes }]) => [
      name,
      { description, required: !sometimes, schema },
    ]),
  );
}

const idempotencyKey: Schema = {
  type: "string",
  pattern: IDEMPOTENCY_KEY.source,
  examples: ["order-2026-0117"],
};

/** The request headers that can be sent besides the key. */
export const REQUEST_HEADERS: Record<string, Schema> = {
  XConnector: {
    name: CONNECTOR_HEADER,
    in: "header",
    description: "The same as `connector`. When both are given they must be the same.",
    schema: { type: "string" },
  },
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
};
