import { createHash, createHmac, hkdfSync } from "node:crypto";
import { encryptionKeys } from "./secret-box.ts";

const PURPOSE = "requests under idempotency keys";

/** Hashes of one request: the first is kept, any of them may have been kept before. */
export type Hashes = readonly [Uint8Array, ...Uint8Array[]];

/** Hashes what a request says, so that a retry is told from another request. */
export type RequestHashes = (text: string) => Hashes;

/**
 * Hashes (HMAC-SHA256) with keys made (HKDF, RFC 5869) of those of `LUMENBASE_ENCRYPTION_KEY`: a body may hold
 * a password, which whoever reads its plain hash could guess. SHA-256 without them, when no request that holds a
 * secret is taken. Throws an Error when a key is wrong.
 */
export function requestHashes(encryption: string | undefined): RequestHashes {
  if (!encryption) return (text) => [createHash("sha256").update(text).digest()];
  const [first = new Uint8Array(), ...others] = encryptionKeys(encryption).map((key) =>
    new Uint8Array(hkdfSync("sha256", key, "", PURPOSE, 32))
  );
  return (text) => [mac(first, text), ...others.map((key) => mac(key, text))];
}

function mac(key: Uint8Array, text: string): Uint8Array {
  return createHmac("sha256", key).update(text).digest();
}
