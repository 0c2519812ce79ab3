import { noteAccountFailure } from "../connected/account.ts";
import { sql, statement } from "../db/sql.ts";
import type { Statement } from "../db/wire/pipeline.ts";
import { noteFailure } from "../integrations/open-integration.ts";
import type { SentAs } from "../providers/mail/mail.ts";
import type { Attempted } from "./attempt.ts";
import type { Opened } from "./open-mailer.ts";
import { endMessage, type StoredMessage } from "./stored-message.ts";

/** Writes what came of an attempt to send a message: for that, and for what it went through. */
export function writeEnding(
  { id, integration_id: integration }: StoredMessage,
  { ending, trouble, as }: Attempted,
  { part, version }: Opened,
): Statement[] {
  const account = part?.account_id ?? null;
  return [
    endMessage(id, ending),
    ...(part === null || as === undefined ? [] : [noteSent(id, as)]),
    ...(integration === null || trouble === undefined ? [] : [noteFailure(integration, trouble)]),
    ...(account === null || trouble === undefined
      ? []
      : [noteAccountFailure({ id: account, version }, trouble)]),
  ];
}

function noteSent(id: string, { id: providerId, threadId }: SentAs): Statement {
  return statement(sql`update crm.account_messages
    set provider_id = ${providerId}, thread_id = coalesce(${threadId}::text, thread_id)
    where message_id = ${id}`);
}
