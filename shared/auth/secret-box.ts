import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";

const VARIABLE = "LUMENBASE_ENCRYPTION_KEY";
const RIGHT = "must be 32 random bytes in base64, as `openssl rand -base64 32` prints them";
const METHOD = { alg: "dir", enc: "A256GCM" } as const;

/** Encrypts secrets that are kept in the database. */
export interface SecretBox {
  /**
   * Encrypts secrets for one context, such as the ids of a workspace and a connector. The context
   * can be read in the sealed text.
   */
  seal(secrets: Record<string, string>, context: string): Promise<string>;
  /** Decrypts a sealed text. Throws an Error, without secrets, when it is not one of this context. */
  open(sealed: string, context: string): Promise<Record<string, string>>;
}

/**
 * A box with the keys of `LUMENBASE_ENCRYPTION_KEY`, separated by commas: the first encrypts, all
 * decrypt, so a key is replaced by putting a new one before it. Sealed texts are JWE (RFC 7516,
 * AES-256-GCM). Throws an Error when a key is wrong.
 */
export function secretBox(keys: string): SecretBox {
  const all = encryptionKeys(keys);
  const byId = new Map(all.map((key) => [idOf(key), key]));
  if (byId.size < all.length) throw new Error(`${VARIABLE} has the same key twice.`);
  const [[firstId, firstKey] = []] = byId;
  if (firstId === undefined || firstKey === undefined) throw new Error(`${VARIABLE} is empty.`);
  return {
    async seal(secrets, context) {
      const { CompactEncrypt } = await import("./jwe.ts");
      return await new CompactEncrypt(Buffer.from(JSON.stringify(secrets)))
        .setProtectedHeader({ ...METHOD, kid: firstId, context })
        .encrypt(firstKey);
    },
    open: (sealed, context) => opened(byId, sealed, context),
  };
}

/** The keys of `LUMENBASE_ENCRYPTION_KEY`, separated by commas. Throws an Error when one is wrong. */
export function encryptionKeys(keys: string): Uint8Array[] {
  return keys.split(",").map((text, index) => readKey(text.trim(), index + 1));
}

async function opened(
  keys: ReadonlyMap<string, Uint8Array>,
  sealed: string,
  context: string,
): Promise<Record<string, string>> {
  const { compactDecrypt, errors } = await import("./jwe.ts");
  try {
    const { plaintext, protectedHeader } = await compactDecrypt(
      sealed,
      ({ kid }) => keyWith(String(kid), keys),
      { keyManagementAlgorithms: [METHOD.alg], contentEncryptionAlgorithms: [METHOD.enc] },
    );
    if (protectedHeader["context"] === context) {
      return JSON.parse(Buffer.from(plaintext).toString());
    }
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error;
    throw new Error("A sealed text does not open: it was changed or cut short.", { cause: error });
  }
  throw new Error("A sealed text does not open: it was sealed for another context.");
}

function keyWith(id: string, keys: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const key = keys.get(id);
  if (key !== undefined) return key;
  const known = [...keys.keys()].join(", ");
  throw new Error(
    `A sealed text does not open: its key ${
      id.slice(0, 40)
    } is not in ${VARIABLE}, which has ${known}.`,
  );
}

function readKey(text: string, position: number): Uint8Array {
  const key = Buffer.from(text, "base64");
  if (key.length === 32 && key.toString("base64") === text) return new Uint8Array(key);
  throw new Error(`Key ${position} of ${VARIABLE} ${RIGHT}; it has ${text.length} characters.`);
}

function idOf(key: Uint8Array): string {
  return createHash("sha256").update(key).digest().subarray(0, 8).toString("base64url");
}
