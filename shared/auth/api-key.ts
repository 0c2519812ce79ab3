import { type PresentedToken, secretTokens, type TokenFingerprint } from "./secret-token.ts";

export { sameHash } from "./secret-token.ts";

/** A key's public part, which may be shown and logged, and the SHA-256 of the whole key. */
export type ApiKeyFingerprint = TokenFingerprint;

const apiKeys = secretTokens("lb_live_");

/**
 * Makes a new API key: `lb_live_` + public id + `_` + 256 bits of secret + checksum, all base62.
 * The key is returned once and never stored; only its fingerprint is.
 */
export function generateApiKey(): ApiKeyFingerprint & { key: string } {
  const { token, publicId, hash } = apiKeys.generate();
  return { key: token, publicId, hash };
}

/** Reads a bearer key. A key with a wrong shape gives null. */
export function presentedApiKey(text: string): PresentedToken | null {
  return apiKeys.present(text);
}

/** Reads a bearer key. A key with a wrong shape or checksum gives null. */
export function parseApiKey(text: string): ApiKeyFingerprint | null {
  return apiKeys.parse(text);
}
