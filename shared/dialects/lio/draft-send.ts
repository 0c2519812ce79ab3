import * as z from "zod";
import { draftSent, draftToSend, emailDrafts, type SendableDraft } from "../../crm/email-drafts.ts";
import { domainError } from "../../crm/records.ts";
import { selectByNumber, shownRecord } from "../../crm/views/statements.ts";
import { sql, statement } from "../../db/sql.ts";
import type { Transaction } from "../../db/transaction.ts";
import { rowOf, rowsOf } from "../../db/wire/rows.ts";
import { htmlOf } from "../../drafting/html-of.ts";
import type { Call } from "../../http/call.ts";
import { writeOutside } from "../../http/outgoing-write.ts";
import { noParameters } from "../../http/query.ts";
import { composedMail } from "../../mail/account-message.ts";
import { releaseMail, sendNow } from "../../mail/send-now.ts";
import { lazy } from "../../memory/lazy.ts";
import { RecordNotFound } from "../../refusals/errors.ts";
import { collectMistakes, validated } from "../../refusals/validation.ts";
import type { LioCaller } from "./caller.ts";
import type { LioOperation } from "./contract.ts";
import { draft } from "./draft-view.ts";
import { answer } from "./envelope.ts";
import { id } from "./given.ts";
import { addressesIn, mailContext, stored } from "./outgoing-mail.ts";
import { BODY, objectOf, pathNumber, readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";
import { sendingAccount } from "./sending-account.ts";

const body = lazy(() => z.strictObject({ config_id: id().meta({ examples: [9] }) }));

/** POST: sends an approved draft to its lead, by a mail account of the caller's. */
export const sendDraft: LioOperation = {
  kind: "write",
  body: BODY,
  get contract() {
    return {
      id: "sendDraft",
      summary: "Send an approved draft",
      body: body(),
      answers: { 200: oneRecord(draft.schema) },
      refusals: ["not_found" as const, "conflict" as const, "provider_failed" as const],
    };
  },
  async run(call) {
    const number = pathNumber(call, "draft_id");
    const [, { config_id }] = collectMistakes(
      () => readQuery(call, noParameters()),
      () => validated(body(), objectOf(call)),
    );
    try {
      return await writeOutside(call, {
        prepare: (transaction) => storedDraft(call, transaction, number, config_id),
        act: (message) => sendNow(mailContext(call), message),
        async settle(transaction) {
          const [rows] = await transaction.run([selectByNumber(draft, number)]);
          return answer(200, shownRecord(draft, number, rows), "Draft sent");
        },
        release: releaseMail,
      });
    } catch (error) {
      throw domainError(emailDrafts, error);
    }
  },
};

/** Stores the message that a draft is sent as; answers its id. Throws Refusal. */
async function storedDraft(
  call: Call<LioCaller>,
  transaction: Transaction,
  number: number,
  account: number,
): Promise<string> {
  const [drafts, made] = await transaction.run([
    statement(draftToSend(number)),
    statement(sql`select app.uuid_v7() as id`),
  ]);
  const [sendable] = rowsOf<SendableDraft>(drafts);
  if (sendable === undefined) throw new RecordNotFound("draft", String(number));
  const from = await sendingAccount(call, transaction, account);
  const { id: message } = rowOf<{ id: string }>(made);
  const composed = await composedMail(message, {
    accountId: from.id,
    to: [sendable.email],
    subject: sendable.subject,
    html: htmlOf(sendable.body),
    leadId: sendable.lead_id,
  }, addressesIn(call, message));
  await stored(transaction, composed);
  await transaction.run([statement(draftSent(sendable.id, message))]);
  return message;
}
