import { createHmac, hkdfSync } from "node:crypto";
import { encryptionKeys } from "./secret-box.ts";
import { sameText } from "./secret-token.ts";

const PURPOSE = "links to files";
const LINK = /^(\d{10,11})\.([0-9a-f]{32})\.([0-9a-f]{32})\.[\w-]{43}$/;

/** Seconds that a link to a file is good for: an hour. */
const GOOD_FOR = 3_600;

/** The bytes of a file of a workspace. */
export interface LinkedFile {
  workspaceId: string;
  id: string;
}

/** Makes and reads what lets anybody download a file for a time. */
export interface FileLinks {
  /** A token for a file, from a time (Unix seconds) on. */
  issue(file: LinkedFile, at: number): string;
  /** Whose file a token is for; null for one that was not made here, or is too old at the time. */
  read(token: string, at: number): LinkedFile | null;
}

/**
 * Tokens signed (HMAC-SHA256) with a key made (HKDF, RFC 5869) of the first one of `LUMENBASE_ENCRYPTION_KEY`; those
 * of the others are still good. Throws an Error when a key is wrong.
 */
export function fileLinks(encryption: string): FileLinks {
  const keys = encryptionKeys(encryption).map((key) =>
    new Uint8Array(hkdfSync("sha256", key, "", PURPOSE, 32))
  );
  const signed = (key: Uint8Array, told: string) =>
    `${told}.${createHmac("sha256", key).update(told).digest("base64url")}`;
  return {
    issue({ workspaceId, id }, at) {
      const [key] = keys;
      if (key === undefined) throw new Error("There is no key to sign links to files with.");
      return signed(key, [at + GOOD_FOR, workspaceId, id].join(".").replaceAll("-", ""));
    },
    read(token, at) {
      const [, until, workspace, id] = LINK.exec(token) ?? [];
      if (until === undefined || workspace === undefined || id === undefined) return null;
      const told = `${until}.${workspace}.${id}`;
      if (!keys.some((key) => sameText(signed(key, told), token))) return null;
      return Number(until) > at ? { workspaceId: uuid(workspace), id: uuid(id) } : null;
    },
  };
}

function uuid(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
