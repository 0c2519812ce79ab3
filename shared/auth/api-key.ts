import {
  type PresentedToken,
  type SecretTokens,
  secretTokens,
  type TokenFingerprint,
} from "./secret-token.ts";

export { sameHash } from "./secret-token.ts";

/** The APIs that have keys of their own. */
export const APIS = ["lumenbase", "leadhub", "crm", "lio"] as const;

export type Api = (typeof APIS)[number];

/** What a key begins with, by its API. */
export const KEY_PREFIXES: Readonly<Record<Api, string>> = {
  lumenbase: "lb_live_",
  leadhub: "lh_",
  crm: "ak_",
  lio: "lio_",
};

/** A key's public part, which may be shown and logged, and the SHA-256 of the whole key. */
export type ApiKeyFingerprint = TokenFingerprint;

const tokens: Readonly<Record<Api, SecretTokens>> = {
  lumenbase: secretTokens(KEY_PREFIXES.lumenbase),
  leadhub: secretTokens(KEY_PREFIXES.leadhub),
  crm: secretTokens(KEY_PREFIXES.crm),
  lio: secretTokens(KEY_PREFIXES.lio),
};

/**
 * Makes a new key of an API: its prefix + public id + `_` + 256 bits of secret + checksum, all base62.
 * The key is returned once and never stored; only its fingerprint is.
 */
export function generateApiKey(api: Api = "lumenbase"): ApiKeyFingerprint & { key: string } {
  const { token, publicId, hash } = tokens[api].generate();
  return { key: token, publicId, hash };
}

/** Reads a bearer key of an API. A key with a wrong shape gives null. */
export function presentedApiKey(text: string, api: Api = "lumenbase"): PresentedToken | null {
  return tokens[api].present(text);
}

/** Reads a key of any API. A key with a wrong shape or checksum gives null. */
export function parseApiKey(text: string): ApiKeyFingerprint | null {
  for (const api of APIS) {
    const parsed = tokens[api].parse(text);
    if (parsed !== null) return parsed;
  }
  return null;
}
