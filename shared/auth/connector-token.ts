import { secretTokens, type TokenFingerprint } from "./secret-token.ts";

const PREFIX = "lb_hook_";
const connectorTokens = secretTokens(PREFIX);

/**
 * Makes a new connector token: `lb_hook_` + public id + `_` + 256 bits of secret + checksum, all
 * base62. It is returned once, in the URL to paste, and never stored; only its fingerprint is.
 */
export function generateConnectorToken(): TokenFingerprint & { token: string } {
  return connectorTokens.generate();
}

/** Reads a connector token. One with a wrong shape or checksum gives null. */
export function parseConnectorToken(text: string): TokenFingerprint | null {
  return connectorTokens.parse(text);
}

/**
 * Whether a text is meant as a connector token, right or mistyped. A slug never is: it has no
 * underscore.
 */
export function looksLikeConnectorToken(text: string): boolean {
  return text.startsWith(PREFIX);
}
