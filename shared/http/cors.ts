import { cors } from "hono/cors";

/** Lets pages of any origin call the API: its keys travel in a header, never in a cookie. */
export function allowAnyOrigin() {
  return cors({
    origin: "*",
    allowMethods: ["GET", "POST", "PATCH", "DELETE", "OPTIONS"],
    allowHeaders: [
      "Authorization",
      "Content-Type",
      "Content-Encoding",
      "Idempotency-Key",
      "X-Connector",
      "X-Idempotency-Key",
      "X-Request-Id",
      "apikey",
      "x-client-info",
      "x-region",
    ],
    exposeHeaders: [
      "Idempotency-Replayed",
      "RateLimit",
      "RateLimit-Policy",
      "Retry-After",
      "X-RateLimit-Limit",
      "X-RateLimit-Remaining",
      "X-RateLimit-Reset",
      "X-Request-Id",
    ],
    maxAge: 86_400,
  });
}
