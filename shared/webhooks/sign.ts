import { Webhook } from "standardwebhooks";

/** What is signed: the bytes of the body as text, and what it is known by. */
export interface Signed {
  webhookId: string;
  /** Unix seconds. */
  timestamp: number;
  body: string;
}

/**
 * The headers that prove where a delivery comes from, with a signature by each secret (Standard Webhooks,
 * Webhook Headers).
 */
export function signatureHeaders(
  { webhookId, timestamp, body }: Signed,
  secrets: readonly string[],
): Record<string, string> {
  const at = new Date(timestamp * 1000);
  return {
    "webhook-id": webhookId,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": secrets.map((secret) => new Webhook(secret).sign(webhookId, at, body))
      .join(" "),
  };
}
