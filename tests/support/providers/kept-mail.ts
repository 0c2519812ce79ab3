import { randomUUID } from "node:crypto";

/** A file that a message brings. */
export interface KeptFile {
  name: string;
  type: string;
  content: Buffer;
}

/** A message in a mailbox of a stand-in, whatever the provider. */
export interface KeptMail {
  folder: "inbox" | "sent" | "drafts" | "trash" | "archive";
  /** As headers have them. */
  from: string;
  to: string;
  cc: string;
  subject: string;
  date: Date;
  isRead: boolean;
  text: string | null;
  html: string | null;
  files: KeptFile[];
  /** The provider's. */
  threadId: string;
  messageId: string;
  inReplyTo: string | null;
  references: string[];
}

let count = 0;

/** A message from Jane, received a minute after the one made before. */
export function keptMail(more: Partial<KeptMail> = {}): KeptMail {
  const id = randomUUID();
  return {
    folder: "inbox",
    from: "Jane Roe <jane@acme.com>",
    to: "rita@example.com",
    cc: "",
    subject: "Hello",
    date: new Date(Date.UTC(2026, 5, 15, 9, 0) + count++ * 60_000),
    isRead: false,
    text: "About the offer",
    html: null,
    files: [],
    threadId: id.replaceAll("-", "").slice(0, 16),
    messageId: `<${id}@acme.com>`,
    inReplyTo: null,
    references: [],
    ...more,
  };
}

/** What of a message is searched. */
export function searched({ from, to, subject, text, html }: KeptMail): string {
  return [from, to, subject, text, html].join("\n").toLowerCase();
}

/** A header with what cannot be in one encoded (RFC 2047). */
export function encodedHeader(text: string): string {
  const isPlain = /^[\x20-\x7e]*$/.test(text);
  return isPlain ? text : `=?UTF-8?B?${Buffer.from(text).toString("base64")}?=`;
}

/** The headers of addresses, whose names alone are encoded. */
export function encodedPeople(header: string): string {
  return header.replace(/[^\x20-\x7e]+(?:[^<,]*[^\x20-\x7e]+)*/g, encodedHeader);
}
