import * as z from "zod";
import { optional } from "../../crm/values/fields.ts";
import { answeredBefore } from "../../http/idempotency.ts";
import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import { lazy } from "../../memory/lazy.ts";
import { collectMistakes, validated } from "../../refusals/validation.ts";
import type { LioCaller } from "./caller.ts";
import type { LioOperation } from "./contract.ts";
import {
  accountNumber,
  htmlBody,
  inBody,
  inQuery,
  otherRecipients,
  recipients,
  sentMail,
  subject,
} from "./mail-fields.ts";
import { composed, ownAccount, sendInRequest } from "./outgoing-mail.ts";
import { BODY, objectOf, readQuery } from "./reading.ts";

const body = lazy(() =>
  z.strictObject({
    config_id: inBody(),
    to: recipients(1),
    cc: otherRecipients(),
    bcc: otherRecipients(),
    subject: subject(),
    body: htmlBody(),
    track: optional(z.boolean()).meta({
      default: true,
      description: "Whether opens and clicks are told, where one person alone gets the message.",
    }),
  })
);

/** POST: sends a message of a mail account of the user who asks; 201 once its server has taken it. */
const send: LioOperation = {
  kind: "write",
  body: BODY,
  get contract() {
    return {
      id: "sendMessage",
      summary: "Send an email",
      query: inQuery(),
      body: body(),
      answers: { 201: sentMail() },
      refusals: ["not_found" as const, "provider_failed" as const, "unavailable" as const],
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
    const { to, cc, bcc, subject: line, body: html, track } = given;
    const mail = await composed(call, {
      accountId: await ownAccount(call, number),
      to,
      cc: cc ?? [],
      bcc: bcc ?? [],
      subject: line,
      html,
      track: track ?? true,
    });
    return await sendInRequest(call, mail);
  },
};

/** Sending mail (spec: Mail, inbox, calendar, and meetings). */
export default router<LioCaller>("/api/inbox/send").post("/", scope("write"), send);
