import { type PresentedToken, secretTokens, type TokenFingerprint } from "./secret-token.ts";

const PREFIX = "lb_hook_";
const connectorTokens = secretTokens(PREFIX);

/**
 * Makes a new connector token: `lb_hook_` + public id + `_` + 256 bits of secret + checksum, all
 * base62. It is returned once, in the URL to paste, and never stored; only its fingerprint is.
 */
export function generateConnectorToken(): TokenFingerprint & { token: string } {
  return connectorTokens.generate();
}

/** Reads a connector token. One with a wrong shape gives null. */
export function presentedConnectorToken(text: string): PresentedToken | null {
  return connectorTokens.present(text);
}

/**
 * Whether a text is meant as a connector token, right or mistyped. A slug never is: it has no
 * underscore.
 */
export function looksLikeConnectorToken(text: string): boolean {
  return text.startsWith(PREFIX);
}
