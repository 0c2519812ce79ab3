import { type FileLinks, fileLinks } from "../auth/file-link.ts";
import { type MailLinks, mailLinks } from "../auth/mail-link.ts";
import { type RequestHashes, requestHashes } from "../auth/request-hashes.ts";
import { type SecretBox, secretBox } from "../auth/secret-box.ts";
import { type WebFormTokens, webFormTokens } from "../auth/web-form-token.ts";

/** What works with the keys of `LUMENBASE_ENCRYPTION_KEY`. */
export interface KeyServices {
  /** Encrypts the secrets of connectors. Throws without `LUMENBASE_ENCRYPTION_KEY`. */
  secrets(): SecretBox;
  /** Makes and reads links in mail. Throws without `LUMENBASE_ENCRYPTION_KEY`. */
  mailLinks(): MailLinks;
  /** Makes and reads what pages of forms prove themselves with; null without `LUMENBASE_ENCRYPTION_KEY`. */
  webFormTokens: WebFormTokens | null;
  /** Makes and reads links to files; null without `LUMENBASE_ENCRYPTION_KEY`. */
  fileLinks: FileLinks | null;
  /** Hashes requests under idempotency keys; with a key only where there is `LUMENBASE_ENCRYPTION_KEY`. */
  requestHashes: RequestHashes;
}

/** Makes it. Throws an Error when a key is wrong. */
export function keyServices(keys: string | undefined): KeyServices {
  const secrets = keys ? secretBox(keys) : null;
  const links = keys ? mailLinks(keys) : null;
  return {
    secrets() {
      if (secrets !== null) return secrets;
      throw new Error("LUMENBASE_ENCRYPTION_KEY is not set; no secret can be stored or read.");
    },
    webFormTokens: keys ? webFormTokens(keys) : null,
    fileLinks: keys ? fileLinks(keys) : null,
    requestHashes: requestHashes(keys),
    mailLinks() {
      if (links !== null) return links;
      throw new Error("LUMENBASE_ENCRYPTION_KEY is not set; no link in mail can be made or read.");
    },
  };
}
