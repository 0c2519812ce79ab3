/** What a provider knows of the request it makes. */
export interface SampleRequest {
  method: string;
  /** As the provider was given it, with its query. */
  url: string;
  /** Milliseconds since 1970. */
  now: number;
}

/** What a sample becomes. */
export interface SampleEvent {
  event_id: string | null;
  /** `record` when absent. */
  purpose?: "record" | "test" | "ignored";
  /** What the field map gives, with the preset's defaults; empty unless it is a record. */
  mapped: Record<string, unknown>;
}

/** A request as a provider documents it, in words of our own. */
export interface ProviderSample {
  preset: string;
  name: string;
  contentType: string;
  body: string | Uint8Array<ArrayBuffer>;
  /** What its connector is made with. */
  secrets: { secret?: string; verify_token?: string; access_token?: string };
  /** The headers that prove the sender; none when the preset has no proof or the body is it. */
  headers(
    secret: string,
    body: string | Uint8Array<ArrayBuffer>,
    request: SampleRequest,
  ): Promise<Record<string, string>>;
  events: SampleEvent[];
  /** What the provider answers when asked for the data that an event names, by its id. */
  lookups?: Record<string, unknown>;
}

/** Headers of a sender that proves nothing. */
export function noHeaders(): Promise<Record<string, string>> {
  return Promise.resolve({});
}

/** Headers of a sender that repeats the secret. */
export function secretHeader(secret: string): Promise<Record<string, string>> {
  return Promise.resolve({ "X-Connector-Secret": secret });
}

/** HMAC-SHA256 of parts one after the other. */
export async function hmac(
  secret: string,
  ...parts: (string | Uint8Array<ArrayBuffer>)[]
): Promise<Uint8Array<ArrayBuffer>> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", bytes(secret), algorithm, false, ["sign"]);
  const message = await new Blob(parts).arrayBuffer();
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, message));
}

export function base64(given: Uint8Array): string {
  return btoa(String.fromCharCode(...given));
}

export function hex(given: Uint8Array): string {
  return [...given].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
