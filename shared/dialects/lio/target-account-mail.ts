import * as z from "zod";
import { targetAccounts } from "../../crm/target-accounts.ts";
import { selectPresence } from "../../crm/views/statements.ts";
import type { Transaction } from "../../db/transaction.ts";
import { rowsOf } from "../../db/wire/rows.ts";
import type { Call } from "../../http/call.ts";
import { writeOutside } from "../../http/outgoing-write.ts";
import { noParameters } from "../../http/query.ts";
import {
  type MailedContact,
  type MailedResult,
  type Mailing,
  selectMailed,
  selectMailedResults,
  sendMailing,
  storeMailing,
} from "../../mail/account-mailing.ts";
import { fieldsIn, isMergeField, MERGE_FIELDS } from "../../mail/merge-fields.ts";
import { lazy } from "../../memory/lazy.ts";
import { InvalidInput, RecordNotFound } from "../../refusals/errors.ts";
import { collectMistakes, validated } from "../../refusals/validation.ts";
import type { LioCaller } from "./caller.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { id } from "./given.ts";
import { htmlBody, subject } from "./mail-fields.ts";
import { addressesIn, mailContext } from "./outgoing-mail.ts";
import { BODY, objectOf, pathNumber, readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";
import { sendingAccount } from "./sending-account.ts";

const MOST = 100;
const MODES = ["individual", "bcc"] as const;

const withFields = (text: z.ZodType<string>) =>
  text.superRefine((given, { addIssue }) => {
    for (const name of fieldsIn(given).filter((one) => !isMergeField(one))) {
      addIssue(`Unknown {{${name}}}; known are ${MERGE_FIELDS.join(", ")}`);
    }
  });

const body = lazy(() =>
  z.strictObject({
    subject: withFields(subject()),
    body: withFields(htmlBody()),
    contact_ids: z.array(id()).min(1, "Must have at least one id")
      .max(MOST, `Must have at most ${MOST} ids`).optional(),
    mode: z.enum(MODES, `Must be one of ${MODES.join(", ")}`).optional()
      .meta({ default: "individual" }),
    config_id: id().optional().meta({
      description: "Your mail account; the default one unless given.",
    }),
  }).superRefine((given, { addIssue }) => {
    if (given.mode !== "bcc") return;
    for (const field of ["subject", "body"] as const) {
      if (fieldsIn(given[field]).length === 0) continue;
      const message = "Must have no {{ }} in the mode bcc, in which all get the same";
      addIssue({ code: "custom", path: [field], message });
    }
  })
);

type Given = z.output<ReturnType<typeof body>>;

const count = () => z.int().min(0);
const result = lazy(() =>
  z.object({
    contact_id: z.int(),
    email: z.string().nullable(),
    status: z.enum(["sent", "failed", "skipped"]),
    message_id: z.string().nullable(),
    reason: z.string().nullable(),
  })
);
const mailed = lazy(() =>
  oneRecord(
    z.object({ sent: count(), failed: count(), skipped: count(), results: z.array(result()) })
      .meta({ id: "AccountMailing" }),
  ).meta({ id: "AccountMailingAnswer" })
);

/** POST: mails contacts of a target account, each by a message of their own or all by one. */
export const mailAccountContacts: LioOperation = {
  kind: "write",
  body: BODY,
  get contract() {
    return {
      id: "mailTargetAccount",
      summary: "Email contacts of a target account",
      body: body(),
      answers: { 200: mailed() },
      refusals: ["not_found" as const, "conflict" as const],
    };
  },
  async run(call) {
    const number = pathNumber(call, "id");
    const [, given] = collectMistakes(
      () => readQuery(call, noParameters()),
      () => validated(body(), objectOf(call)),
    );
    return await writeOutside(call, {
      prepare: async (transaction) =>
        await storeMailing(transaction, number, await mailing(call, transaction, number, given)),
      act: (mailingId) => sendMailing(mailContext(call), mailingId),
      async settle(transaction, mailingId) {
        const [rows] = await transaction.run([selectMailedResults(mailingId)]);
        const results = rowsOf<MailedResult>(rows);
        const of = (status: string) => results.filter((one) => one.status === status).length;
        const told = { sent: of("sent"), failed: of("failed"), skipped: of("skipped"), results };
        return answer(200, told, "Emails sent");
      },
      // What was stored is sent, if not now: whoever asks again is told of it.
      release: () => Promise.reject(new Error("a mailing that has begun is not taken back")),
    });
  },
};

async function mailing(
  call: Call<LioCaller>,
  transaction: Transaction,
  number: number,
  { subject: line, body: html, contact_ids, mode = "individual", config_id }: Given,
): Promise<Mailing> {
  const asked = contact_ids === undefined ? null : [...new Set(contact_ids)];
  const [found = [], rows] = await transaction.run([
    selectPresence(targetAccounts, number),
    selectMailed(number, asked),
  ]);
  if (found.length === 0) throw new RecordNotFound("account", String(number));
  const contacts = rowsOf<MailedContact>(rows);
  requireAsked(contact_ids, contacts);
  const from = await sendingAccount(call, transaction, config_id);
  const addressOf = (message: string) => addressesIn(call, message);
  return { mode, subject: line, html, from, contacts, addressOf };
}

/** Throws InvalidInput for contacts that are none of the account's, and for more than are mailed at once. */
function requireAsked(asked: readonly number[] | undefined, contacts: readonly MailedContact[]) {
  const known = new Set(contacts.map(({ contact_id }) => contact_id));
  const mistakes = (asked ?? []).flatMap((one, n) => {
    const message = "No contact of this account with this id.";
    return known.has(one) ? [] : [{ field: `contact_ids[${n}]`, message }];
  });
  if (contacts.length > MOST) {
    const message =
      `Is required, as the account has ${contacts.length} contacts: at most ${MOST} at once.`;
    mistakes.push({ field: "contact_ids", message });
  }
  if (mistakes.length > 0) throw new InvalidInput(mistakes);
}
