import {
  CONNECTION_STOPPED,
  isPostgresError,
  MAIL_LIMIT_REACHED,
  RECIPIENT_UNSUBSCRIBED,
  WRONG_EMAIL,
} from "../db/errors.ts";
import { sql, statement } from "../db/sql.ts";
import type { Statement } from "../db/wire/pipeline.ts";
import { Blocked, InvalidInput } from "../refusals/errors.ts";
import { Refusal } from "../refusals/refusal.ts";
import { columnsOf, type NewMessage } from "./store-message.ts";

/** The types of integrations that mail goes through. */
export const MAIL_CHANNELS = ["gmail", "microsoft", "smtp", "mailgun"] as const;

const TIME = sql.literal('YYYY-MM-DD"T"HH24:MI:SS.US"Z"');

/** A message from a deal. Its links name it, so it has an id before it is stored. */
export interface OutboundEmail extends Omit<NewMessage, "to" | "notify" | "countNow"> {
  id: string;
  dealId: string;
  channel: (typeof MAIL_CHANNELS)[number];
  /** The email of the deal's contact unless given. */
  to?: readonly string[];
}

/** Selects the `id` of a message that is to be stored. */
export function selectMessageId(): Statement {
  return statement(sql`select app.uuid_v7() as id`);
}

/**
 * Writes a message of a deal and the job that sends it, counted towards the daily limit of the
 * connection now: one row with the message. What it raises, {@link outboundRefusal} tells.
 */
export function storeOutboundEmail(email: OutboundEmail): Statement {
  const given = { ...columnsOf(email), channel: email.channel };
  return statement(sql`
    select id, deal_id, integration_id, channel, to_emails, cc_emails, bcc_emails, subject, state, error,
      message_id, to_char(sent_at, ${TIME}) as sent_at, to_char(created_at, ${TIME}) as created_at
    from app.store_outbound_email(${JSON.stringify(given)}::jsonb)`);
}

const WRONG: Readonly<Record<string, string>> = {
  deal_id: "No lead with this id.",
  integration_id: "No connection with this id.",
  channel: "Must be the channel of the connection.",
  to_emails: "Is required, as the lead has no contact with an email.",
  in_reply_to: "No message with this messageId.",
};

/** What the database refused of a message from a deal, by the columns of `names`; other errors as they are. */
export function outboundRefusal(error: unknown, names: Readonly<Record<string, string>>): unknown {
  if (!isPostgresError(error)) return error;
  const told = (column: string, message = WRONG[column] ?? "Is wrong.") => [
    { field: names[column] ?? column, message },
  ];
  if (error.code === WRONG_EMAIL) {
    const columns = JSON.parse(error.message) as string[];
    return new InvalidInput(columns.flatMap((column) => told(column)));
  }
  if (error.code === CONNECTION_STOPPED) {
    return new Blocked(told("integration_id", `The connection is ${error.message}.`));
  }
  if (error.code === RECIPIENT_UNSUBSCRIBED) {
    return new Blocked(told("to_emails", "A recipient has unsubscribed."));
  }
  if (error.code === MAIL_LIMIT_REACHED) {
    const message = "The connection has reached its daily limit until midnight UTC.";
    return new Refusal("limited", message, { limit: "mail_per_day" });
  }
  return error;
}
