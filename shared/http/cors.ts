import { cors } from "hono/cors";

/** What lets pages of any origin read an answer: keys travel in a header, never in a cookie. */
export const ANY_ORIGIN = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Expose-Headers": [
    "Idempotency-Replayed",
    "RateLimit",
    "RateLimit-Policy",
    "Retry-After",
    "X-RateLimit-Limit",
    "X-RateLimit-Remaining",
    "X-RateLimit-Reset",
    "X-Request-Id",
  ].join(","),
};

/** Answers what browsers ask before such a call with one of these methods. */
export function preflight(methods: readonly string[]) {
  return cors({
    origin: "*",
    allowMethods: [...methods, "OPTIONS"],
    allowHeaders: [
      "Authorization",
      "Content-Type",
      "Content-Encoding",
      "Idempotency-Key",
      "Last-Event-ID",
      "Mcp-Protocol-Version",
      "X-Connector",
      "X-Idempotency-Key",
      "X-Request-Id",
      "apikey",
      "x-api-key",
      "x-client-info",
      "x-entity-id",
      "x-region",
    ],
    exposeHeaders: [ANY_ORIGIN["Access-Control-Expose-Headers"]],
    maxAge: 86_400,
  });
}
