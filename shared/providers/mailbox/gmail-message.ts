import { Buffer } from "node:buffer";
import { decodeHTML } from "entities/decode";
import * as z from "zod";
import { lazy } from "../../memory/lazy.ts";
import type { Bodies } from "./bodies.ts";
import { correspondents, messageIds, plain, words } from "./headers.ts";
import type { Folder, ListedMessage, MailboxAttachment } from "./messages.ts";

/** A part of a message, as the API has it (users.messages: MessagePart). */
export interface GmailPart {
  partId?: string | undefined;
  mimeType?: string | undefined;
  filename?: string | undefined;
  headers?: { name: string; value: string }[] | undefined;
  body?:
    | { attachmentId?: string | undefined; size?: number | undefined; data?: string | undefined }
    | undefined;
  parts?: GmailPart[] | undefined;
}

const part: z.ZodType<GmailPart> = z.looseObject({
  partId: z.string().optional(),
  mimeType: z.string().optional(),
  filename: z.string().optional(),
  headers: z.array(z.looseObject({ name: z.string(), value: z.string() })).optional(),
  body: z.looseObject({
    attachmentId: z.string().optional(),
    size: z.number().optional(),
    data: z.string().optional(),
  }).optional(),
  get parts() {
    return z.array(part).optional();
  },
});

/** A message, as the API has it. */
export const gmailMessage = lazy(() =>
  z.looseObject({
    id: z.string(),
    threadId: z.string().optional(),
    labelIds: z.array(z.string()).default([]),
    snippet: z.string().default(""),
    internalDate: z.coerce.number().optional(),
    payload: part.default({}),
  })
);

export type GmailMessage = z.output<ReturnType<typeof gmailMessage>>;

/** The labels that stand for folders; the first that a message has tells its folder. */
export const LABELS: readonly (readonly [string, Folder])[] = [
  ["TRASH", "trash"],
  ["DRAFT", "drafts"],
  ["INBOX", "inbox"],
  ["SENT", "sent"],
];

/** What a list tells of a message. */
export function listedOf({ payload, labelIds, ...message }: GmailMessage): ListedMessage {
  const header = (name: string) => headerOf(payload, name);
  const [from = null] = correspondents(header("from"));
  const date = new Date(message.internalDate ?? NaN);
  return {
    id: message.id,
    thread_id: message.threadId ?? null,
    from,
    to: correspondents(header("to")),
    cc: correspondents(header("cc")),
    subject: words(header("subject")),
    snippet: plain(decodeHTML(message.snippet)),
    date: Number.isNaN(date.getTime()) ? null : date,
    is_read: !labelIds.includes("UNREAD"),
    has_attachments: attachmentsOf(payload).length > 0,
    folder: LABELS.find(([label]) => labelIds.includes(label))?.[1] ?? "all",
    message_id: messageIds(header("message-id"))[0] ?? null,
    in_reply_to: messageIds(header("in-reply-to"))[0] ?? null,
    references: messageIds(header("references")),
  };
}

/** The files that a message brings; one whose name is empty is none. */
export function attachmentsOf(payload: GmailPart): MailboxAttachment[] {
  return leavesOf(payload).filter((leaf) => Boolean(leaf.filename)).map((leaf) => ({
    // The id by which the API hands it out is another each time.
    id: leaf.partId ?? "",
    name: plain(leaf.filename ?? ""),
    mime_type: (leaf.mimeType ?? "application/octet-stream").toLowerCase(),
    size: leaf.body?.size ?? 0,
  }));
}

/** The bodies of a message. `more` fetches what is not in it: a part that is long. */
export async function bodiesOf(
  payload: GmailPart,
  more: (attachmentId: string) => Promise<string>,
): Promise<Bodies> {
  const texts: Record<string, string[]> = { "text/html": [], "text/plain": [] };
  for (const leaf of leavesOf(payload)) {
    const found = texts[leaf.mimeType?.toLowerCase() ?? ""];
    if (found === undefined || leaf.filename) continue;
    const { data, attachmentId } = leaf.body ?? {};
    const given = data ?? (attachmentId === undefined ? "" : await more(attachmentId));
    found.push(decoded(Buffer.from(given, "base64url"), charsetOf(leaf)));
  }
  const joined = (type: string, between: string) =>
    texts[type]?.length ? texts[type].join(between) : null;
  return { html: joined("text/html", ""), text: joined("text/plain", "\n") };
}

function leavesOf(payload: GmailPart): GmailPart[] {
  const inner = payload.parts ?? [];
  return inner.length === 0 ? [payload] : inner.flatMap(leavesOf);
}

function headerOf({ headers = [] }: GmailPart, name: string): string | undefined {
  return headers.find((one) => one.name.toLowerCase() === name)?.value;
}

function charsetOf(leaf: GmailPart): string {
  const type = headerOf(leaf, "content-type") ?? "";
  return /;\s*charset="?([\w.:-]+)/i.exec(type)?.[1]?.toLowerCase() ?? "utf-8";
}

// The reference does not say in which charset the bytes are: UTF-8 where they are that, but for the charsets
// whose bytes are all ASCII.
function decoded(bytes: Uint8Array, charset: string): string {
  const tried = /^(iso-2022|hz-|utf-7)/.test(charset) ? [charset, "utf-8"] : ["utf-8", charset];
  for (const label of tried) {
    try {
      return new TextDecoder(label, { fatal: true }).decode(bytes);
    } catch {
      // The next one.
    }
  }
  return new TextDecoder("windows-1252").decode(bytes);
}
