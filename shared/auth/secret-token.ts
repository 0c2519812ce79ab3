import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

const PUBLIC_ID_LENGTH = 12;
const SECRET_LENGTH = 43;
const CHECKSUM_LENGTH = 6;
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** A token's public part, which may be shown and logged, and the SHA-256 of the whole token. */
export interface TokenFingerprint {
  publicId: string;
  hash: Uint8Array;
}

/** A text that looks like a token. */
export interface PresentedToken extends TokenFingerprint {
  /** Whether its checksum is right, without which nobody was ever given it. */
  isIntact(): boolean;
}

/** Makes and reads the secret tokens of one prefix. */
export interface SecretTokens {
  /** Makes a new token. It is shown once and never stored; only its fingerprint is. */
  generate(): TokenFingerprint & { token: string };
  /** Reads a token. One with a wrong shape gives null. */
  present(text: string): PresentedToken | null;
  /** Reads a token. One with a wrong shape or checksum gives null. */
  parse(text: string): TokenFingerprint | null;
}

/**
 * Tokens of the form prefix + public id + `_` + 256 bits of secret + checksum, all base62. The
 * prefix has letters and underscores only.
 */
export function secretTokens(prefix: string): SecretTokens {
  const format = new RegExp(
    `^${prefix}([0-9A-Za-z]{${PUBLIC_ID_LENGTH}})_[0-9A-Za-z]{${SECRET_LENGTH + CHECKSUM_LENGTH}}$`,
  );
  const present = (text: string): PresentedToken | null => {
    const publicId = format.exec(text)?.[1];
    return publicId === undefined
      ? null
      : { publicId, hash: sha256(text), isIntact: () => hasChecksum(text) };
  };
  return {
    present,
    generate() {
      const publicId = base62(randomBytes(9), PUBLIC_ID_LENGTH).slice(-PUBLIC_ID_LENGTH);
      const body = `${prefix}${publicId}_${base62(randomBytes(32), SECRET_LENGTH)}`;
      const token = body + checksum(body);
      return { token, publicId, hash: sha256(token) };
    },
    parse(text) {
      const presented = present(text);
      if (!presented?.isIntact()) return null;
      return { publicId: presented.publicId, hash: presented.hash };
    },
  };
}

/** Compares two SHA-256 hashes in constant time. */
export function sameHash(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Compares two texts in a time that tells nothing of them. */
export function sameText(a: string, b: string): boolean {
  return sameHash(sha256(a), sha256(b));
}

function sha256(text: string): Uint8Array {
  return createHash("sha256").update(text).digest();
}

function hasChecksum(token: string): boolean {
  return checksum(token.slice(0, -CHECKSUM_LENGTH)) === token.slice(-CHECKSUM_LENGTH);
}

// Of the first 40 bits of the hash, in hexadecimal: Deno takes five times as long to make bytes.
function checksum(body: string): string {
  let rest = parseInt(createHash("sha256").update(body).digest("hex").slice(0, 10), 16);
  let text = "";
  for (let n = 0; n < CHECKSUM_LENGTH; n++, rest = Math.floor(rest / 62)) {
    text = ALPHABET.charAt(rest % 62) + text;
  }
  return text;
}

function base62(bytes: Uint8Array, length: number): string {
  let rest = bytes.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  let text = "";
  for (; rest > 0n; rest /= 62n) text = ALPHABET.charAt(Number(rest % 62n)) + text;
  return text.padStart(length, "0");
}
