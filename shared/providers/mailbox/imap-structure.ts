import PostalMime from "postal-mime";
import type { Bodies } from "./bodies.ts";
import { plain } from "./headers.ts";
import type { Value } from "./imap-response.ts";
import type { MailboxAttachment } from "./messages.ts";

/** A part of a message that has no parts itself, of its BODYSTRUCTURE (RFC 9051, section 7.5.2). */
export interface ImapPart {
  /** Its number, such as 1.2. */
  path: string;
  /** Such as text/html. */
  type: string;
  parameters: ReadonlyMap<string, string>;
  encoding: string;
  /** Encoded, in bytes. */
  size: number;
  disposition: string | null;
  dispositionParameters: ReadonlyMap<string, string>;
}

/** The parts of a message, in their order. */
export function partsOf(structure: Value | undefined, path = ""): ImapPart[] {
  if (!Array.isArray(structure)) return [];
  const below = (number: number) => path === "" ? String(number) : `${path}.${number}`;
  if (!Array.isArray(structure[0])) return [partOf(structure, path === "" ? "1" : path)];
  const inner = structure.slice(0, structure.findIndex((one) => !Array.isArray(one)));
  return inner.flatMap((one, at) => partsOf(one, below(at + 1)));
}

function partOf(structure: readonly Value[], path: string): ImapPart {
  const type = `${text(structure[0])}/${text(structure[1])}`.toLowerCase();
  const lines = type.startsWith("text/") ? 1 : type === "message/rfc822" ? 3 : 0;
  const disposition = structure[8 + lines];
  const [kind = null, parameters = null] = Array.isArray(disposition) ? disposition : [];
  return {
    path,
    type,
    parameters: pairs(structure[2]),
    encoding: text(structure[5]).toLowerCase(),
    size: Number(text(structure[6])) || 0,
    disposition: kind === null ? null : text(kind).toLowerCase(),
    dispositionParameters: pairs(parameters),
  };
}

function pairs(list: Value | undefined): Map<string, string> {
  const found = new Map<string, string>();
  if (!Array.isArray(list)) return found;
  for (let at = 0; at + 1 < list.length; at += 2) {
    found.set(text(list[at]).toLowerCase(), text(list[at + 1]));
  }
  return found;
}

/** A string of a response, however it was sent; empty for what is none. */
export function text(value: Value | undefined): string {
  return value == null || Array.isArray(value) ? "" : value.toString();
}

/** Whether a part is what the message says, rather than a file that it brings. */
export function isBody(part: ImapPart): boolean {
  return (part.type === "text/html" || part.type === "text/plain") &&
    part.disposition !== "attachment" && !hasName(part);
}

function hasName({ parameters, dispositionParameters }: ImapPart): boolean {
  return [...parameters.keys()].some((name) => /^name\b/.test(name)) ||
    [...dispositionParameters.keys()].some((name) => /^filename\b/.test(name));
}

/** The files that a message brings. */
export function attachmentsOf(parts: readonly ImapPart[]): Promise<MailboxAttachment[]> {
  const files = parts.filter((part) =>
    part.disposition === "attachment" || hasName(part) || !part.type.startsWith("text/")
  );
  return Promise.all(files.map(async (part) => ({
    id: part.path,
    name: await nameOf(part),
    mime_type: part.type,
    size: decodedSize(part),
  })));
}

// In lines of 76 characters and their end, as base64 is sent.
function decodedSize({ encoding, size }: ImapPart): number {
  return encoding === "base64" ? Math.floor(size * 57 / 78) : size;
}

/** The name of a file, also in pieces or encoded (RFC 2231, RFC 2047). */
async function nameOf(part: ImapPart): Promise<string | null> {
  if (!hasName(part)) return null;
  const disposition = `Content-Disposition: attachment${written(part.dispositionParameters)}`;
  const type = `Content-Type: application/octet-stream${written(part.parameters)}`;
  const { attachments: [file] } = await PostalMime.parse(`${type}\r\n${disposition}\r\n\r\nx`);
  return file?.filename == null ? null : plain(file.filename);
}

function written(parameters: ReadonlyMap<string, string>): string {
  return [...parameters].filter(([name]) => /^(file)?name\b[*\d]*$/.test(name))
    .map(([name, value]) => `;\r\n ${name}="${plain(value).replace(/["\\]/g, "\\$&")}"`).join("");
}

/** What a part says, of its bytes as they are sent. */
export async function bodyOf(part: ImapPart, bytes: Uint8Array): Promise<Bodies> {
  const parameters = ["charset", "format", "delsp"].flatMap((name) => {
    const value = part.parameters.get(name)?.replace(/[^\w.:+-]/g, "") ?? "";
    return value === "" ? [] : [`; ${name}="${value}"`];
  });
  const encoding = part.encoding.replace(/[^\w-]/g, "");
  const head = `Content-Type: ${part.type}${parameters.join("")}\r\n` +
    `Content-Transfer-Encoding: ${encoding}\r\n\r\n`;
  const { html, text: said } = await PostalMime.parse(new Blob([head, new Uint8Array(bytes)]));
  return part.type === "text/html"
    ? { html: html ?? "", text: null }
    : { html: null, text: said ?? "" };
}
