import { Buffer } from "node:buffer";
import { randomBytes, scrypt } from "node:crypto";
import { sameHash } from "./secret-token.ts";

/** How many characters a password has (Unicode code points, after normalisation). */
export const PASSWORD_LENGTH = { least: 8, most: 128 } as const;

// Of the settings that OWASP's Password Storage Cheat Sheet ranks as equally strong, the one of 16 MiB
// and, in Deno, 0.6 s of processor time: the host has 256 MB and 2 s for all that a process does.
const COST: Cost = { ln: 14, r: 8, p: 5 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;

/** The parameters of scrypt, as the PHC string format names them; N is 2 to the power of `ln`. */
interface Cost {
  ln: number;
  r: number;
  p: number;
}

/** Whether a text can be a password: 8 to 128 characters. */
export function isPassword(text: string): boolean {
  const { length } = [...normalised(text)];
  return length >= PASSWORD_LENGTH.least && length <= PASSWORD_LENGTH.most;
}

/**
 * Hashes a password with scrypt and a new salt, into a text in the PHC string format, which carries
 * the parameters: `$scrypt$ln=14,r=8,p=5$salt$hash`.
 */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  return formatted(salt, await derived(password, { salt, length: HASH_BYTES, ...COST }));
}

/** Whether a password is the one of a hash, with the parameters of then. Takes constant time. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const parts = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,3}),p=(\d{1,3})\$([^$]+)\$([^$]+)$/.exec(stored);
  if (parts === null) throw new Error("A stored password hash is not in the PHC format of scrypt.");
  const [ln = 0, r = 0, p = 0] = parts.slice(1, 4).map(Number);
  const [salt = Buffer.alloc(0), hash = Buffer.alloc(0)] = parts.slice(4)
    .map((text) => Buffer.from(text, "base64"));
  return sameHash(await derived(password, { salt, length: hash.length, ln, r, p }), hash);
}

/** A hash of no password, in the same format: checking one against it takes as long as any other. */
export function unknownHash(): string {
  return formatted(randomBytes(SALT_BYTES), randomBytes(HASH_BYTES));
}

function formatted(salt: Uint8Array, hash: Uint8Array): string {
  const { ln, r, p } = COST;
  return `$scrypt$ln=${ln},r=${r},p=${p}$${base64(salt)}$${base64(hash)}`;
}

let turn: Promise<unknown> = Promise.resolve();

// One after another, since each takes its memory while it runs.
function derived(
  password: string,
  options: Cost & { salt: Uint8Array; length: number },
): Promise<Uint8Array> {
  const result = turn.then(() => scryptOf(normalised(password), options));
  turn = result.catch(() => {});
  return result;
}

function scryptOf(
  text: string,
  { salt, length, ln, r, p }: Cost & { salt: Uint8Array; length: number },
): Promise<Uint8Array> {
  const N = 2 ** ln;
  return new Promise((resolve, reject) => {
    scrypt(text, salt, length, { N, r, p, maxmem: 256 * N * r }, (error, hash) => {
      if (error === null) resolve(hash);
      else reject(error);
    });
  });
}

// One password has several spellings in Unicode: keyboards differ in which they give (RFC 8265).
function normalised(text: string): string {
  return text.normalize("NFC");
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64").replace(/=+$/, "");
}
