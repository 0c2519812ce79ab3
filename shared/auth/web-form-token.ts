import { createHmac, hkdfSync } from "node:crypto";
import { encryptionKeys } from "./secret-box.ts";
import { sameText } from "./secret-token.ts";

const PURPOSE = "pages of forms";
const FORM = /^(\d{10,11})\.[\w-]{43}$/;

/** Seconds in which a form's page can be submitted: a day. */
const GOOD_FOR = 86_400;

/** Makes and reads what the page of a form proves itself with when it is submitted. */
export interface WebFormTokens {
  /** A token for the form with a link, from a time (Unix seconds) on. */
  issue(link: string, at: number): string;
  /** Whether a token was made here for that form, less than a day before the time. */
  isGood(token: string, link: string, at: number): boolean;
}

/**
 * Tokens signed (HMAC-SHA256) with a key made (HKDF, RFC 5869) of the first one of
 * `LUMENBASE_ENCRYPTION_KEY`; those of the others are still good. Throws an Error when a key is wrong.
 */
export function webFormTokens(encryption: string): WebFormTokens {
  const keys = encryptionKeys(encryption).map((key) =>
    new Uint8Array(hkdfSync("sha256", key, "", PURPOSE, 32))
  );
  const token = (key: Uint8Array, link: string, until: string) =>
    `${until}.${createHmac("sha256", key).update(`${link} ${until}`).digest("base64url")}`;
  return {
    issue(link, at) {
      const [key] = keys;
      if (key === undefined) throw new Error("There is no key to sign pages of forms with.");
      return token(key, link, String(at + GOOD_FOR));
    },
    isGood(given, link, at) {
      const [, until] = FORM.exec(given) ?? [];
      if (until === undefined || Number(until) <= at) return false;
      return keys.some((key) => sameText(token(key, link, until), given));
    },
  };
}
