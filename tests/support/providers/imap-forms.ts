import { addressParser } from "postal-mime";
import { encodedHeader, type KeptFile, type KeptMail } from "./kept-mail.ts";

/** A part of a message as a server has it, or parts. */
interface ImapNode {
  structure: string;
  /** As it was sent; of parts, nothing. */
  content: Buffer;
  parts: ImapNode[];
}

/** A string as servers send it: quoted where that can be, else a literal, whose bytes follow. */
export function imapString(text: string | null): string {
  if (text === null) return "NIL";
  const isPlain = /^[\x20-\x7e]*$/.test(text);
  return isPlain
    ? `"${text.replace(/["\\]/g, "\\$&")}"`
    : `{${Buffer.byteLength(text)}}\r\n${text}`;
}

/** What a message is made of: a text alone, or alternatives and files. */
function nodeOf(mail: KeptMail): ImapNode {
  const bodies = [
    ...(mail.text === null ? [] : [textNode("PLAIN", mail.text)]),
    ...(mail.html === null ? [] : [textNode("HTML", mail.html)]),
  ];
  const [first, ...more] = bodies;
  const body = first !== undefined && more.length === 0 ? first : multipart("ALTERNATIVE", bodies);
  return mail.files.length === 0 ? body : multipart("MIXED", [body, ...mail.files.map(fileNode)]);
}

/** The part with a number, such as 1.2. */
function partAt(node: ImapNode, path: string): ImapNode | undefined {
  if (node.parts.length === 0) return path === "1" ? node : undefined;
  const [first = "", ...rest] = path.split(".");
  const inner = node.parts[Number(first) - 1];
  return inner === undefined || rest.length === 0 ? inner : partAt(inner, rest.join("."));
}

function multipart(subtype: string, parts: ImapNode[]): ImapNode {
  const structure = `(${parts.map((part) => part.structure).join("")} "${subtype}" ` +
    `("BOUNDARY" "b1") NIL NIL NIL)`;
  return { structure, content: Buffer.alloc(0), parts };
}

// In Latin-1 where that has the characters, as old programs send it.
function textNode(subtype: string, text: string): ImapNode {
  const isLatin = Array.from(text).every((one) => one <= "\xff");
  const [charset, encoding] = isLatin ? ["ISO-8859-1", "QUOTED-PRINTABLE"] : ["UTF-8", "BASE64"];
  const content = Buffer.from(isLatin ? quotedPrintable(text) : inLines(Buffer.from(text)));
  const lines = content.toString("latin1").split("\r\n").length;
  const structure = `("TEXT" "${subtype}" ("CHARSET" "${charset}") NIL NIL "${encoding}" ` +
    `${content.length} ${lines} NIL NIL NIL NIL)`;
  return { structure, content, parts: [] };
}

function fileNode({ name, type, content: given }: KeptFile): ImapNode {
  const content = Buffer.from(inLines(given));
  const [kind = "", subtype = ""] = type.toUpperCase().split("/");
  const named = /^[\x20-\x7e]*$/.test(name)
    ? `("FILENAME" ${imapString(name)})`
    : `("FILENAME*" "UTF-8''${encodeURIComponent(name)}")`;
  const size = kind === "TEXT" ? `${content.length} 1` : String(content.length);
  const structure = `("${kind}" "${subtype}" NIL NIL NIL "BASE64" ${size} NIL ` +
    `("ATTACHMENT" ${named}) NIL NIL)`;
  return { structure, content, parts: [] };
}

function quotedPrintable(text: string): string {
  return text.replace(
    /[^\x20-\x3c\x3e-\x7e]/g,
    (character) =>
      character === "\n"
        ? "\r\n"
        : `=${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
}

function inLines(bytes: Buffer): string {
  return bytes.toString("base64").replace(/.{76}/g, "$&\r\n");
}

/** A message's ENVELOPE (RFC 9051, section 7.5.2). */
function envelopeOf(mail: KeptMail): string {
  const from = peopleOf(mail.from);
  const all = [mail.date.toUTCString(), encodedHeader(mail.subject)].map(imapString);
  const ids = [mail.inReplyTo, mail.messageId].map(imapString);
  return `(${all.join(" ")} ${from} ${from} ${from} ${peopleOf(mail.to)} ${peopleOf(mail.cc)} ` +
    `NIL ${ids.join(" ")})`;
}

function peopleOf(header: string): string {
  const people = addressParser(header, { flatten: true }).map(({ name, address = "" }) => {
    const [mailbox = "", host = ""] = address.split("@");
    const shown = name === "" ? "NIL" : imapString(encodedHeader(name));
    return `(${shown} NIL ${imapString(mailbox)} ${imapString(host)})`;
  });
  return people.length === 0 ? "NIL" : `(${people.join("")})`;
}

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** When a message was received, as the server tells it, in a time zone of its own. */
function internalDate(date: Date): string {
  const local = new Date(date.getTime() + 2 * 3_600_000).toISOString();
  const [, year, month, day, time] = /^(\d+)-(\d\d)-(\d\d)T([\d:]{8})/.exec(local) ?? [];
  return `"${day}-${MONTHS[Number(month) - 1]}-${year} ${time} +0200"`;
}

/** The day that a command names. */
export function dayIn(text: string): number {
  const [day, month = "", year] = text.split("-");
  return Date.UTC(Number(year), MONTHS.indexOf(month), Number(day));
}

/** What a FETCH answers of a message for one item. */
export function itemOf(mail: KeptMail, uid: number, item: string): string {
  if (item === "UID") return `UID ${uid}`;
  if (item === "FLAGS") return `FLAGS (${mail.isRead ? "\\Seen" : "\\Recent"})`;
  if (item === "INTERNALDATE") return `INTERNALDATE ${internalDate(mail.date)}`;
  if (item === "ENVELOPE") return `ENVELOPE ${envelopeOf(mail)}`;
  if (item === "BODYSTRUCTURE") return `BODYSTRUCTURE ${nodeOf(mail).structure}`;
  if (item.startsWith("BODY.PEEK[HEADER.FIELDS (REFERENCES)]")) {
    const header = mail.references.length === 0
      ? ""
      : `References: ${mail.references.join("\r\n ")}\r\n`;
    return `BODY[HEADER.FIELDS (REFERENCES)] {${header.length + 2}}\r\n${header}\r\n`;
  }
  const [, path = "", size] = /^BODY\.PEEK\[([\d.]+)\](?:<0\.(\d+)>)?$/.exec(item) ?? [];
  const content = partAt(nodeOf(mail), path)?.content.subarray(0, Number(size ?? Infinity));
  const name = `BODY[${path}]${size === undefined ? "" : "<0>"}`;
  return content === undefined
    ? `${name} NIL`
    : `${name} {${content.length}}\r\n${content.toString("latin1")}`;
}

/** The words of a command, and what of it is quoted. */
export function stringsIn(command: string): string[] {
  return [...command.matchAll(/"((?:[^"\\]|\\.)*)"|\S+/gs)]
    .map(([whole, quoted]) => quoted?.replace(/\\(.)/g, "$1") ?? whole);
}
