import * as z from "zod";
import { lazy } from "../../memory/lazy.ts";
import type { Bodies } from "./bodies.ts";
import { correspondent, messageIds, plain } from "./headers.ts";
import type { Correspondent, Folder, ListedMessage, MailboxAttachment } from "./messages.ts";

const recipient = lazy(() =>
  z.looseObject({
    emailAddress: z.looseObject({
      name: z.string().nullish(),
      address: z.string().nullish(),
    }).nullish(),
  })
);

/** A message, as the API has it (resource type: message). */
export const graphMessage = lazy(() =>
  z.looseObject({
    id: z.string(),
    conversationId: z.string().nullish(),
    from: recipient().nullish(),
    toRecipients: z.array(recipient()).nullish(),
    ccRecipients: z.array(recipient()).nullish(),
    subject: z.string().nullish(),
    bodyPreview: z.string().nullish(),
    receivedDateTime: z.string().nullish(),
    isRead: z.boolean().nullish(),
    isDraft: z.boolean().nullish(),
    hasAttachments: z.boolean().nullish(),
    internetMessageId: z.string().nullish(),
    internetMessageHeaders: z.array(z.looseObject({ name: z.string(), value: z.string() }))
      .nullish(),
    parentFolderId: z.string().nullish(),
    body: z.looseObject({ contentType: z.string().nullish(), content: z.string().nullish() })
      .nullish(),
    attachments: z.array(graphAttachment()).nullish(),
  })
);

/** A file of a message, as the API has it (resource type: attachment). */
export const graphAttachment = lazy(() =>
  z.looseObject({
    id: z.string(),
    name: z.string().nullish(),
    contentType: z.string().nullish(),
    size: z.number().nullish(),
  })
);

export type GraphMessage = z.output<ReturnType<typeof graphMessage>>;

/** What is asked for of each message of a list. */
export const LISTED = [
  "id",
  "conversationId",
  "from",
  "toRecipients",
  "ccRecipients",
  "subject",
  "bodyPreview",
  "receivedDateTime",
  "isRead",
  "isDraft",
  "hasAttachments",
  "internetMessageId",
  "internetMessageHeaders",
  "parentFolderId",
].join();

/** What a list tells of a message; `folderOf` says which folder has an id. */
export function listedOf(
  message: GraphMessage,
  folderOf: (id: string | null) => Folder,
): ListedMessage {
  const header = (name: string) =>
    message.internetMessageHeaders?.find((one) => one.name.toLowerCase() === name)?.value;
  const [from = null] = correspondentsOf([message.from]);
  const date = new Date(message.receivedDateTime ?? NaN);
  return {
    id: message.id,
    thread_id: message.conversationId ?? null,
    from,
    to: correspondentsOf(message.toRecipients),
    cc: correspondentsOf(message.ccRecipients),
    subject: message.subject == null ? null : plain(message.subject),
    snippet: plain(message.bodyPreview ?? ""),
    date: Number.isNaN(date.getTime()) ? null : date,
    is_read: message.isRead === true,
    has_attachments: message.hasAttachments === true,
    folder: message.isDraft ? "drafts" : folderOf(message.parentFolderId ?? null),
    message_id: messageIds(message.internetMessageId ?? "")[0] ?? null,
    in_reply_to: messageIds(header("in-reply-to"))[0] ?? null,
    references: messageIds(header("references")),
  };
}

/** The body of a message: the API hands out one, in HTML unless it was a text. */
export function bodiesOf({ body }: GraphMessage): Bodies {
  const content = body?.content ?? null;
  const isText = body?.contentType?.toLowerCase() === "text";
  return isText ? { html: null, text: content } : { html: content, text: null };
}

/** The files that a message brings. */
export function attachmentsOf(
  attachments: readonly z.output<ReturnType<typeof graphAttachment>>[],
): MailboxAttachment[] {
  return attachments.map(({ id, name, contentType, size }) => ({
    id,
    name: name == null ? null : plain(name),
    mime_type: (contentType ?? "application/octet-stream").toLowerCase(),
    size: size ?? 0,
  }));
}

type Recipient = z.output<ReturnType<typeof recipient>>;

function correspondentsOf(
  recipients: readonly (Recipient | null | undefined)[] | null | undefined,
): Correspondent[] {
  return (recipients ?? []).flatMap((one) => {
    const { name, address } = one?.emailAddress ?? {};
    // Where it knows no name, the API repeats the address.
    return address ? [correspondent(address, name === address ? null : name)] : [];
  });
}
