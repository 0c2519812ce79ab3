import type { MailLinkUse } from "../auth/mail-link.ts";
import { sql, statement } from "../db/sql.ts";
import type { Statement } from "../db/wire/pipeline.ts";
import { columnsOf, type NewMessage } from "./store-message.ts";

/** Longer than a request takes in which the message is sent: the job that sends it else waits so long. */
const SEND_IN_SECONDS = 120;

/** A message through a user's mail account, as somebody writes it. */
export interface WrittenMail {
  /** The id of the account (SQL: crm.connected_accounts). */
  accountId: string;
  /** 1 to 50 addresses, as in the next two at most. */
  to: readonly string[];
  cc?: readonly string[];
  bcc?: readonly string[];
  subject: string;
  /** In HTML; the text beside it is made of it. */
  html: string;
  /** Whom it is about; unless given, the lead or else the contact of the first recipient. */
  leadId?: string | null;
  contactId?: string | null;
  /** Whether opens and clicks are told, where one person alone gets it; true unless given. */
  track?: boolean;
  /** Of a message that answers another one. */
  answering?: Answered;
  /** A job that is told of the outcome ({@link NewMessage}). */
  notify?: NewMessage["notify"];
}

/** The message that another one answers. */
export interface Answered {
  /** The provider's ids of it and of its thread. */
  id: string;
  threadId: string | null;
  /** Its Message-ID, and those of its thread before it. */
  messageId: string | null;
  references: readonly string[];
}

/** The addresses of links in a message; null where the functions have no address of their own. */
export type AddressOf = (use: MailLinkUse, link: number) => string | null;

/** A message that is ready to be stored. */
export type ComposedMail = Omit<NewMessage, "integrationId"> & Omit<WrittenMail, "html">;

/** The message with the id given, and, where it is tracked, with links that tell what its recipient does. */
export async function composedMail(
  id: string,
  written: WrittenMail,
  addressOf: AddressOf,
): Promise<ComposedMail> {
  const { html, to, cc = [], bcc = [], track = true, ...rest } = written;
  const { textOfHtml } = await import("../providers/mail/text-of-html.ts");
  const composed = { ...rest, id, to, cc, bcc, track: false, htmlBody: html };
  // Made of what was written: links in it lead where they are seen to.
  const textBody = textOfHtml(html);
  const pixel = addressOf("open", 0);
  const isOne = to.length === 1 && cc.length === 0 && bcc.length === 0;
  if (!track || !isOne || pixel === null) return { ...composed, textBody };
  const { trackLinks, withPixel } = await import("./tracked-html.ts");
  const tracked = trackLinks(html, (link) => addressOf("click", link) ?? "");
  const { links } = tracked;
  return { ...composed, track: true, htmlBody: withPixel(tracked.html, pixel), textBody, links };
}

/**
 * Stores a message and the job that sends it, unless a request does so before (sendNow). The row answered has its
 * `id`. Raises LB097 (NO_MAIL_ACCOUNT).
 */
export function storeAccountMessage(mail: ComposedMail): Statement {
  const { accountId, answering, track } = mail;
  const { messageId = null, references = [], threadId = null, id: answers } = answering ?? {};
  const given = {
    ...columnsOf({ ...mail, integrationId: "", inReplyTo: messageId }),
    integration_id: null,
    account_id: accountId,
    answers,
    thread_id: threadId,
    reference_ids: messageId === null ? references : [...references, messageId],
    is_tracked: track ?? false,
    send_in: SEND_IN_SECONDS,
  };
  return statement(
    sql`select message_id as id from app.store_account_message(${JSON.stringify(given)}::jsonb)`,
  );
}
