import { AnswerHeaders, type Header } from "../../../openapi/headers.ts";
import { REQUEST_HEADERS } from "../../../openapi/request-headers.ts";
import type { Schema } from "../../../openapi/schemas.ts";
import { EXAMPLE_CURSOR } from "./examples.ts";
import { CONNECTOR_HEADER } from "../connectors/reference.ts";

const CHALLENGES = ["Bearer", 'Bearer error="invalid_token"', 'Basic realm="connector"'];
const count: Schema = { type: "integer", minimum: 0 };
const LIMITS: Record<string, Header> = {
  "X-RateLimit-Limit": {
    description:
      "Requests that the workspace has a minute; with a user token those of the user, with a connector " +
      "token those of its connector, unless the workspace's are used up.",
    schema: count,
  },
  "X-RateLimit-Remaining": { description: "Requests left in this minute.", schema: count },
  "X-RateLimit-Reset": { description: "When the minute ends, in Unix seconds.", schema: count },
  "RateLimit": {
    description: "Requests left (`r`) and seconds to the end of the minute (`t`).",
    schema: { type: "string", pattern: '^"(workspace|connector|user|address)";r=\\d+;t=\\d+$' },
  },
  "RateLimit-Policy": {
    description: "Requests (`q`) in a window of `w` seconds.",
    schema: { type: "string", pattern: '^"(workspace|connector|user|address)";q=\\d+;w=60$' },
  },
};

/** The headers of the native API's answers. */
export const HEADERS = new AnswerHeaders(LIMITS, {
  "Idempotency-Replayed": {
    description: "Sent when this is the kept answer to an earlier request with the same key, or " +
      "when a connector has accepted the event before.",
    schema: { type: "string", const: "true" },
    sometimes: true,
  },
  "WWW-Authenticate": {
    description: "How to authenticate, and what was wrong with the key (RFC 6750).",
    schema: { type: "string", enum: CHALLENGES },
  },
});

/** The request headers that can be sent besides the key. */
export const REQUEST_PARAMETERS: Record<string, Schema> = {
  XConnector: {
    name: CONNECTOR_HEADER,
    in: "header",
    description: "The same as `connector`. When both are given they must be the same.",
    schema: { type: "string" },
  },
  LastEventId: {
    name: "Last-Event-ID",
    in: "header",
    description:
      "The `id` that a stream came to, to resume it there; goes before `since`. Of a stream.",
    schema: { type: "string", examples: [EXAMPLE_CURSOR] },
  },
  ...REQUEST_HEADERS,
};
