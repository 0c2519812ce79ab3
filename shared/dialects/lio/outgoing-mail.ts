import { isPostgresError, NO_MAIL_ACCOUNT } from "../../db/errors.ts";
import { sql, statement } from "../../db/sql.ts";
import type { Transaction } from "../../db/transaction.ts";
import type { Call, Outcome } from "../../http/call.ts";
import { writeOutside } from "../../http/outgoing-write.ts";
import {
  type AddressOf,
  type ComposedMail,
  composedMail,
  storeAccountMessage,
  type WrittenMail,
} from "../../mail/account-message.ts";
import type { MailContext } from "../../mail/open-mailer.ts";
import { selectMessageId } from "../../mail/outbound-email.ts";
import { releaseMail, sendNow, type SentMail } from "../../mail/send-now.ts";
import { RecordNotFound } from "../../refusals/errors.ts";
import { type LioCaller, userOf } from "./caller.ts";
import { answer } from "./envelope.ts";
import { secretsOf } from "./mail-account-trial.ts";

type Asking = Call<LioCaller>;

/** What mail is sent with in answer to a request. */
export function mailContext(call: Asking): MailContext {
  const { services: { publicUrl, env }, workspace } = call;
  return { workspace, publicUrl, env, secrets: () => secretsOf(call) };
}

/** The id of a mail account of the user who asks, by its number. Throws RecordNotFound. */
export async function ownAccount(call: Asking, number: number): Promise<string> {
  const [[row] = []] = await call.workspace.read([statement(sql`
    select id from crm.connected_accounts
    where number = ${number}::bigint and user_id = ${userOf(call.caller).userId}
      and is_mail and is_active`)]);
  if (row === undefined) throw new RecordNotFound("mail account", String(number));
  return String(row.id);
}

/** A message that is ready to be stored, with its links where it is tracked (decisions: 21). */
export async function composed(call: Asking, mail: WrittenMail): Promise<ComposedMail> {
  const [[made] = []] = await call.workspace.read([selectMessageId()]);
  const messageId = String(made?.id);
  return await composedMail(messageId, mail, addressesIn(call, messageId));
}

/** The addresses of links in a message, by which is told what its recipient does. */
export function addressesIn({ services, workspace }: Asking, messageId: string): AddressOf {
  return (use, link) => {
    if (!services.publicUrl.startsWith("http")) return null;
    const token = services.mailLinks().issue({ use, workspaceId: workspace.id, messageId, link });
    return `${services.publicUrl}/lio/api/v1/track/${use}/${token}`;
  };
}

/** Stores a composed message, to be sent by sendNow; answers its id. Throws RecordNotFound. */
async function stored(transaction: Transaction, mail: ComposedMail): Promise<string> {
  try {
    const [[row] = []] = await transaction.run([storeAccountMessage(mail)]);
    return String(row?.id);
  } catch (error) {
    if (!isPostgresError(error) || error.code !== NO_MAIL_ACCOUNT) throw error;
    throw new RecordNotFound("mail account", mail.accountId);
  }
}

/** Sends a message once under the request's idempotency key; 201. Throws ProviderFailed. */
export async function sendInRequest(call: Asking, mail: ComposedMail): Promise<Outcome> {
  secretsOf(call);
  return await writeOutside<SentMail>(call, {
    prepare: (transaction) => stored(transaction, mail),
    act: (id) => sendNow(mailContext(call), id),
    settle: (_transaction, _id, sent) => Promise.resolve(answer(201, sent, "Message sent")),
    release: releaseMail,
  });
}
