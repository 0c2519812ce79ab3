import type { Received, Verification } from "../../shared/connectors/verification.ts";

type Signature = Extract<Verification, { type: "signature" }>;

export const SECRET = "It's a Secret to Everybody";
export const NOW = Date.UTC(2026, 0, 15, 10, 30);
export const URL_SENT =
  "https://api.example.com/functions/v1/v1-public-contacts?connector=lb_hook_x";
export const BODY = '{"name":"Zoë","note":"a=1&b=2"}';

export const plain: Signature = {
  type: "signature",
  header: "X-Signature",
  algorithm: "sha256",
  encoding: "hex",
  prefix: "",
  signed: "{body}",
  timestamp: null,
};
export const typeform: Signature = {
  ...plain,
  header: "Typeform-Signature",
  encoding: "base64",
  prefix: "sha256=",
};
export const tally: Signature = { ...plain, header: "Tally-Signature", encoding: "base64" };
export const meta: Signature = { ...plain, header: "X-Hub-Signature-256", prefix: "sha256=" };
export const webflow: Signature = {
  ...plain,
  header: "X-Webflow-Signature",
  signed: "{timestamp}:{body}",
  timestamp: { header: "X-Webflow-Timestamp", unit: "ms", tolerance_seconds: 300 },
};
export const hubspot: Signature = {
  ...plain,
  header: "X-HubSpot-Signature-v3",
  encoding: "base64",
  signed: "{method}{url}{body}{timestamp}",
  timestamp: { header: "X-HubSpot-Request-Timestamp", unit: "ms", tolerance_seconds: 300 },
};
export const inSeconds: Signature = {
  ...webflow,
  timestamp: { header: "X-Time", unit: "s", tolerance_seconds: 60 },
};

/** HMAC-SHA256 by WebCrypto, which the code under test does not use. */
export async function hmac(secret: string, signed: string | Uint8Array): Promise<Buffer> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", Buffer.from(secret), algorithm, false, ["sign"]);
  return Buffer.from(await crypto.subtle.sign("HMAC", key, Buffer.from(signed)));
}

/** What each provider signs, as its own documentation writes it. */
export const PROVIDERS: [string, Signature, (time: string) => string][] = [
  ["Typeform", typeform, () => BODY],
  ["Tally", tally, () => BODY],
  ["Meta", meta, () => BODY],
  ["Webflow", webflow, (time) => `${time}:${BODY}`],
  ["HubSpot", hubspot, (time) => `POST${URL_SENT}${BODY}${time}`],
  ["a sender that counts seconds", inSeconds, (time) => `${time}:${BODY}`],
];

/** A request with these headers, otherwise as it was signed. */
export function received(
  headers: Record<string, string>,
  change: Partial<Received> = {},
): Received {
  return {
    method: "POST",
    url: URL_SENT,
    headers: new Headers(headers),
    body: Buffer.from(BODY),
    payload: JSON.parse(BODY),
    now: NOW,
    ...change,
  };
}

/** The headers of a request signed at a time, in milliseconds. */
export async function signedHeaders(
  { header, encoding, prefix, timestamp }: Signature,
  signed: (time: string) => string,
  at = NOW,
  secret = SECRET,
): Promise<Record<string, string>> {
  const time = timestamp ? String(timestamp.unit === "s" ? at / 1000 : at) : "";
  const signature = prefix + (await hmac(secret, signed(time))).toString(encoding);
  return { [header]: signature, ...timestamp && { [timestamp.header]: time } };
}
