import { Buffer } from "node:buffer";
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { Verification } from "./verification-schema.ts";

export { type Verification, verificationSchema } from "./verification-schema.ts";

type Signature = Extract<Verification, { type: "signature" }>;

/** A request as its sender made it. */
export interface Received {
  method: string;
  /** The whole address as the sender knows it, with its query. */
  url: string;
  headers: Headers;
  body: Uint8Array;
  /** The body as expressions see it. */
  payload: unknown;
  /** Milliseconds since 1970. */
  now: number;
}

/** Why a sender did not prove itself. `unset`: the connector has no secret to compare with. */
export type Denied = "unset" | "missing" | "malformed" | "mismatch" | "expired";

/**
 * Whether a request proves its sender: null, or why not. Every comparison takes the same time
 * whatever was sent.
 */
export function verify(
  verification: Verification,
  secret: string | undefined,
  received: Received,
): Denied | null {
  if (verification.type === "none") return null;
  if (!secret) return "unset";
  if (verification.type === "signature") return checkSignature(verification, secret, received);
  const given = presented(verification, received);
  if (typeof given === "string") return given;
  return timingSafeEqual(sha256(given), sha256(Buffer.from(secret))) ? null : "mismatch";
}

/** What a denial means and what would be right, for the sender. Never says what was expected. */
export function denialMessage(verification: Verification, denied: Denied): string {
  if (denied === "unset") return "The connector has no secret to verify its sender with; set one.";
  const proof = proofName(verification);
  if (denied === "missing") return `The request has no ${proof}, which proves its sender.`;
  if (denied === "mismatch") {
    return `The request has a wrong ${proof}; check the secret at the sender and in the connector.`;
  }
  if (verification.type !== "signature") return `The request has a malformed ${proof}.`;
  const { encoding, prefix, timestamp } = verification;
  if (denied === "expired") {
    const seconds = timestamp?.tolerance_seconds ?? 0;
    return `The request was signed more than ${seconds} s before or after now; sign it anew.`;
  }
  const unit = timestamp?.unit === "ms" ? "milliseconds" : "seconds";
  return `The request has a malformed ${proof}; the signature must be ` +
    `${prefix && `"${prefix}" and `}an HMAC-SHA256 in ${encoding}` +
    (timestamp ? `, the time whole ${unit} since 1970.` : ".");
}

function proofName(verification: Verification): string {
  switch (verification.type) {
    case "none":
      return "proof";
    case "basic":
      return "header Authorization (Basic, with user and password)";
    case "header":
      return `header ${verification.header}`;
    case "body":
      return `text field ${verification.field}`;
    case "signature": {
      const { header, timestamp } = verification;
      return timestamp ? `header ${header} or ${timestamp.header}` : `header ${header}`;
    }
  }
}

function presented(
  verification: Exclude<Verification, Signature | { type: "none" }>,
  { headers, payload }: Received,
): Uint8Array | Denied {
  if (verification.type === "body") return fieldOf(payload, verification.field);
  const basic = verification.type === "basic";
  const value = headers.get(basic ? "authorization" : verification.header);
  if (value === null) return "missing";
  // A header's characters stand for its bytes.
  if (!basic) return Buffer.from(value, "latin1");
  const credentials = fromBase64(/^Basic +(\S+)$/i.exec(value)?.[1] ?? "");
  return credentials?.includes(":") ? credentials : "malformed";
}

function fieldOf(payload: unknown, field: string): Uint8Array | Denied {
  if (typeof payload !== "object" || payload === null) return "missing";
  const value: unknown = Object.getOwnPropertyDescriptor(payload, field)?.value;
  if (value === undefined) return "missing";
  return typeof value === "string" ? Buffer.from(value) : "malformed";
}

function checkSignature(
  { header, encoding, prefix, signed, timestamp }: Signature,
  secret: string,
  received: Received,
): Denied | null {
  const signature = received.headers.get(header);
  const time = timestamp && received.headers.get(timestamp.header);
  if (signature === null || (timestamp && time === null)) return "missing";
  const digits = time ?? "";
  if (!signature.startsWith(prefix) || (timestamp && !/^\d{1,16}$/.test(digits))) {
    return "malformed";
  }
  const given = DECODERS[encoding](signature.slice(prefix.length));
  if (given?.length !== 32) return "malformed";

  const hmac = createHmac("sha256", secret);
  for (const piece of signed.split(/(\{[a-z]+\})/)) hmac.update(filled(piece, received, digits));
  if (!timingSafeEqual(hmac.digest(), given)) return "mismatch";

  if (!timestamp) return null;
  const signedAt = Number(digits) * (timestamp.unit === "s" ? 1_000 : 1);
  return Math.abs(received.now - signedAt) > timestamp.tolerance_seconds * 1_000 ? "expired" : null;
}

function filled(piece: string, { body, method, url }: Received, timestamp: string) {
  switch (piece) {
    case "{body}":
      return body;
    case "{method}":
      return method;
    case "{url}":
      return decodedUrl(url);
    case "{timestamp}":
      return timestamp;
    default:
      return piece;
  }
}

/**
 * A URL as HubSpot signs it: these of its percent-encoded characters decoded, no others
 * (https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation).
 */
function decodedUrl(url: string): string {
  return url.replace(/%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi, decodeURIComponent);
}

const DECODERS = { hex: fromHex, base64: fromBase64 };

function fromHex(text: string): Buffer | null {
  return /^(?:[0-9a-f]{2})+$/i.test(text) ? Buffer.from(text, "hex") : null;
}

// Only the one text that encodes these bytes: Buffer takes many (RFC 4648, section 3.5).
function fromBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, "base64");
  return text !== "" && bytes.toString("base64") === text ? bytes : null;
}

function sha256(bytes: Uint8Array): Uint8Array {
  return createHash("sha256").update(bytes).digest();
}
