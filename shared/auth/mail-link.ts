import { Buffer } from "node:buffer";
import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";

const PURPOSE = "links in mail";
const USES = ["open", "click", "unsubscribe"] as const;
const ID_BYTES = 16;
const BODY_BYTES = 1 + ID_BYTES + ID_BYTES + 2;
/** Half of the HMAC, the least that may be left of one (RFC 2104, section 5). */
const MAC_BYTES = 16;
const FORM = /^[\w-]{68}$/;

/** What a link in a message is for. */
export type MailLinkUse = (typeof USES)[number];

/** A link in a message. */
export interface MailLink {
  use: MailLinkUse;
  workspaceId: string;
  messageId: string;
  /** Which of the message's tracked links it is, from 1; 0 of another use. */
  link: number;
}

/** Makes and reads the tokens in the addresses of such links. */
export interface MailLinks {
  issue(of: MailLink): string;
  /** What a token of a use is of; null for one that was not made here, and for another use. */
  read(token: string, use: MailLinkUse): MailLink | null;
}

/**
 * Tokens of 68 characters, signed (HMAC-SHA256) with a key made (HKDF, RFC 5869) of the first one of
 * `LUMENBASE_ENCRYPTION_KEY`; those of the others are still read. They do not end.
 */
export function mailLinks(encryptionKeys: string): MailLinks {
  const keys = encryptionKeys.split(",").map((text) => signingKey(text.trim()));
  return {
    issue(of) {
      const body = bodyOf(of);
      return Buffer.concat([body, mac(keys[0] ?? new Uint8Array(), body)]).toString("base64url");
    },
    read(token, use) {
      if (!FORM.test(token)) return null;
      const bytes = Buffer.from(token, "base64url");
      const [body, signature] = [bytes.subarray(0, BODY_BYTES), bytes.subarray(BODY_BYTES)];
      if (!keys.some((key) => timingSafeEqual(mac(key, body), signature))) return null;
      const found = linkOf(body);
      return found.use === use ? found : null;
    },
  };
}

function bodyOf({ use, workspaceId, messageId, link }: MailLink): Uint8Array {
  const body = Buffer.alloc(BODY_BYTES);
  body.writeUInt8(USES.indexOf(use));
  body.write(workspaceId.replaceAll("-", ""), 1, "hex");
  body.write(messageId.replaceAll("-", ""), 1 + ID_BYTES, "hex");
  body.writeUInt16BE(link, 1 + ID_BYTES + ID_BYTES);
  return new Uint8Array(body);
}

function linkOf(body: Buffer): MailLink {
  return {
    use: USES[body.readUInt8()] ?? "open",
    workspaceId: uuidOf(body.subarray(1, 1 + ID_BYTES)),
    messageId: uuidOf(body.subarray(1 + ID_BYTES, 1 + ID_BYTES + ID_BYTES)),
    link: body.readUInt16BE(1 + ID_BYTES + ID_BYTES),
  };
}

function uuidOf(bytes: Buffer): string {
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function mac(key: Uint8Array, body: Uint8Array): Uint8Array {
  const whole = createHmac("sha256", key).update(body).digest();
  return new Uint8Array(whole.subarray(0, MAC_BYTES));
}

function signingKey(text: string): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", Buffer.from(text, "base64"), "", PURPOSE, 32));
}
