import * as z from "zod";
import type { OpenAccount } from "../../connected/open-account.ts";
import { email, optional } from "../../crm/values/fields.ts";
import type { Call } from "../../http/call.ts";
import { answeredBefore } from "../../http/idempotency.ts";
import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import { lazy } from "../../memory/lazy.ts";
import type { WrittenMail } from "../../mail/account-message.ts";
import type { MailboxMessage } from "../../providers/mailbox/messages.ts";
import { InvalidInput, RecordNotFound } from "../../refusals/errors.ts";
import { collectMistakes, validated } from "../../refusals/validation.ts";
import type { LioCaller } from "./caller.ts";
import type { LioOperation } from "./contract.ts";
import { MAILBOX_REFUSALS, ownMailAccount, readingMailbox } from "./mail-account.ts";
import { accountNumber, htmlBody, inBody, inQuery, sentMail } from "./mail-fields.ts";
import { composed, sendInRequest } from "./outgoing-mail.ts";
import { BODY, objectOf, readQuery } from "./reading.ts";

const MOST_REFERENCES = 50;
const LONGEST_SUBJECT = 998;

const body = lazy(() =>
  z.strictObject({
    config_id: inBody(),
    body: htmlBody(),
    track: optional(z.boolean()).meta({
      default: true,
      description: "Whether opens and clicks are told.",
    }),
  })
);

/** POST: answers the sender of a message of a mail account, in its thread; 201. */
const reply: LioOperation = {
  kind: "write",
  body: BODY,
  get contract() {
    return {
      id: "replyToMessage",
      summary: "Reply to an email",
      query: inQuery(),
      body: body(),
      answers: { 201: sentMail() },
      refusals: MAILBOX_REFUSALS,
    };
  },
  async run(call) {
    const [{ config_id }, given] = collectMistakes(
      () => readQuery(call, inQuery()),
      () => validated(body(), objectOf(call)),
    );
    const number = accountNumber(config_id, given.config_id);
    const before = await answeredBefore(call);
    if (before !== null) return before;
    const account = await ownMailAccount(call, number);
    const answered = await messageOf(call, account);
    const mail = await composed(call, {
      ...replyTo(answered),
      accountId: account.id,
      html: given.body,
      track: given.track ?? true,
    });
    return await sendInRequest(call, mail);
  },
};

/** The message of the path, as its mailbox has it. Throws Refusal. */
async function messageOf(call: Call<LioCaller>, account: OpenAccount): Promise<MailboxMessage> {
  const { messageId = "" } = call.params;
  const message = await readingMailbox(call, account, (mailbox) => mailbox.view(messageId));
  if (message === null) throw new RecordNotFound("message", messageId.slice(0, 200));
  return message;
}

/** What a message is answered with, beside what the answer says. Throws InvalidInput. */
function replyTo(
  { id, thread_id: threadId, from, subject, message_id: messageId, references }: MailboxMessage,
): Pick<WrittenMail, "to" | "subject" | "answering"> {
  const sender = email().safeParse(from?.email);
  if (!sender.success) {
    const message = "Must be a message with a sender who has an email.";
    throw new InvalidInput([{ field: "messageId", message, in: "path" }]);
  }
  const line = subject ?? "";
  return {
    to: [sender.data],
    subject: (/^re:/i.test(line.trim()) ? line : `Re: ${line}`).slice(0, LONGEST_SUBJECT)
      .toWellFormed(),
    answering: { id, threadId, messageId, references: references.slice(-MOST_REFERENCES) },
  };
}

/** Replying to mail (spec: Mail, inbox, calendar, and meetings). */
export default router<LioCaller>("/api/inbox/reply").post("/:messageId", scope("write"), reply);
