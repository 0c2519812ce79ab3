import { sql, statement } from "../db/sql.ts";
import type { Statement } from "../db/wire/pipeline.ts";

/** A message to send, by records of the workspace. */
export interface NewMessage {
  /** Where links in it name it already. */
  id?: string;
  /** The integration that it goes through, of category email. */
  integrationId: string;
  /** Whom it is about. One with a contact, or whose lead has one, becomes an activity once it is sent. */
  leadId?: string | null;
  contactId?: string | null;
  dealId?: string | null;
  /** 1 to 50 addresses, as in the next two at most. */
  to: readonly string[];
  cc?: readonly string[];
  bcc?: readonly string[];
  replyTo?: string | null;
  /** The Message-ID of the message that it answers. */
  inReplyTo?: string | null;
  /** Put on one line, and cut at 998 characters. */
  subject: string;
  /** At least one of the bodies; the text is made from the HTML where it is missing. */
  htmlBody?: string | null;
  textBody?: string | null;
  /** Takes the recipient off by a POST (RFC 8058). */
  unsubscribeUrl?: string | null;
  /** Where its tracked links lead, in their order. */
  links?: readonly string[];
  /**
   * A job that is told of the outcome: its payload with `message_id`, `state` (sent or failed) and
   * `error`, written in the transaction of the outcome.
   */
  notify?: { kind: string; payload: Record<string, unknown> };
  /** Seconds before the second attempt and those after it, where they are others than usual. */
  retryAfter?: readonly number[];
  /** Counts it towards the daily limit now: refused when that is reached, else it waits for its day. */
  countNow?: boolean;
}

const LONGEST_SUBJECT = 998;

/**
 * Writes a message and the job that sends it, in the transaction of what it follows from. The row
 * answered has its `id`, and the `message_id` of its header. Raises LB060 (NO_MAIL_INTEGRATION) and,
 * when it is counted now, LB061 (MAIL_LIMIT_REACHED).
 */
export function storeMessage(message: NewMessage): Statement {
  const given = { ...columnsOf(message), count_now: message.countNow ?? false };
  return statement(
    sql`select id, message_id from app.store_message(${JSON.stringify(given)}::jsonb)`,
  );
}

/** The columns of a message, whoever it is to. */
export function columnsOf(message: Omit<NewMessage, "to"> & Partial<Pick<NewMessage, "to">>) {
  return {
    id: message.id,
    integration_id: message.integrationId,
    lead_id: message.leadId,
    contact_id: message.contactId,
    deal_id: message.dealId,
    to_emails: message.to,
    cc_emails: message.cc,
    bcc_emails: message.bcc,
    reply_to: message.replyTo,
    in_reply_to: message.inReplyTo,
    unsubscribe_url: message.unsubscribeUrl,
    subject: oneLine(message.subject),
    html_body: message.htmlBody,
    text_body: message.textBody,
    links: message.links,
    notify: message.notify,
    retry_after: message.retryAfter,
  };
}

// By whole characters, so that none is cut in two.
function oneLine(text: string): string {
  const line = text.replace(/\p{Cc}+/gu, " ").trim();
  return Array.from(line).slice(0, LONGEST_SUBJECT).join("");
}
