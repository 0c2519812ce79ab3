import * as z from "zod";
import { email, optional, uuid } from "../../crm/values/fields.ts";
import * as answers from "../../crm/values/record-schema.ts";
import { ignored } from "../../crm/views/body.ts";
import type { Rows } from "../../db/wire/pipeline.ts";
import { jsonBody } from "../../http/body.ts";
import { scope } from "../../http/operation.ts";
import { noParameters } from "../../http/query.ts";
import { router } from "../../http/router.ts";
import { write } from "../../http/write.ts";
import { line } from "../../integrations/values.ts";
import {
  MAIL_CHANNELS,
  outboundRefusal,
  selectMessageId,
  storeOutboundEmail,
} from "../../mail/outbound-email.ts";
import { lazy } from "../../memory/lazy.ts";
import { collectMistakes, validated } from "../../refusals/validation.ts";
import type { CrmCaller } from "./caller.ts";
import type { CrmOperation } from "./contract.ts";
import { objectOf } from "./entity.ts";
import { answer } from "./envelope.ts";
import { composed } from "./outbound-message.ts";
import { readQuery } from "./parameters.ts";

const LARGEST = 500 * 1024;
const LONGEST_BODY = 400 * 1024;
const MOST_RECIPIENTS = 50;

const prose = () =>
  z.string().regex(/\S/, "Must not be empty")
    .refine(
      (given) =>
        given.length <= LONGEST_BODY && new TextEncoder().encode(given).length <= LONGEST_BODY,
      `Must have at most ${LONGEST_BODY / 1024} KB`,
    ).meta({ maxLength: LONGEST_BODY });

const recipients = () =>
  z.array(email()).max(MOST_RECIPIENTS, `Must have at most ${MOST_RECIPIENTS} emails`);

// As a header has it, or without the angle brackets.
const messageId = () => line(998).transform((given) => given.replace(/^<?(.*?)>?$/, "<$1>"));

const body = lazy(() =>
  z.strictObject({
    leadId: uuid(),
    connectionId: uuid(),
    channel: z.enum(MAIL_CHANNELS, `Must be one of ${MAIL_CHANNELS.join(", ")}`),
    subject: line(998),
    htmlBody: prose(),
    to: optional(
      recipients().min(1, "Must have an email, or be left out for that of the lead's contact"),
    ),
    cc: optional(recipients()),
    bcc: optional(recipients()),
    textBody: optional(prose()),
    replyTo: optional(email()),
    inReplyTo: optional(messageId()),
    trackOpens: optional(z.boolean()).meta({ default: false }),
    trackClicks: optional(z.boolean()).meta({ default: false }),
    ...Object.fromEntries(
      ["id", "state", "error", "messageId", "sentAt", "createdAt"].map((name) => [name, ignored()]),
    ),
  })
);

const emails = z.array(z.string());
const sent = lazy(() =>
  z.object({
    id: z.guid(),
    leadId: z.guid(),
    connectionId: z.guid(),
    channel: z.enum(MAIL_CHANNELS),
    to: emails,
    cc: emails,
    bcc: emails,
    subject: z.string(),
    state: z.enum(["queued", "sending", "sent", "failed"]),
    error: z.string().nullable(),
    messageId: z.string().meta({ description: "As the header of the message has it." }),
    sentAt: answers.timestamp.nullable(),
    createdAt: answers.timestamp,
  }).meta({ id: "OutboundEmail" })
);

/** What the columns of a message are called here. */
const NAMES = {
  deal_id: "leadId",
  integration_id: "connectionId",
  channel: "channel",
  to_emails: "to",
  in_reply_to: "inReplyTo",
};

/** POST: queues a message to a lead's contact, or whom it names (decisions C11). */
const sendEmail: CrmOperation = {
  kind: "write",
  body: jsonBody(LARGEST),
  get contract() {
    return {
      id: "sendOutboundEmail",
      summary: "Send an email from a lead",
      body: body(),
      answers: { 202: sent() },
      refusals: ["conflict" as const],
    };
  },
  async run(call) {
    const [, given] = collectMistakes(
      () => readQuery(call, noParameters()),
      () => validated(body(), objectOf(call)),
    );
    const [[made] = []] = await call.workspace.read([selectMessageId()]);
    const message = await composed(call, String(made?.id), given);
    try {
      return await write(
        call,
        [storeOutboundEmail(message)],
        ([rows = []]) => answer(202, shown(rows)),
      );
    } catch (error) {
      throw outboundRefusal(error, NAMES);
    }
  },
};

function shown([row]: Rows) {
  return {
    id: row?.id,
    leadId: row?.deal_id,
    connectionId: row?.integration_id,
    channel: row?.channel,
    to: row?.to_emails,
    cc: row?.cc_emails,
    bcc: row?.bcc_emails,
    subject: row?.subject,
    state: row?.state,
    error: row?.error,
    messageId: row?.message_id,
    sentAt: row?.sent_at,
    createdAt: row?.created_at,
  };
}

export default router<CrmCaller>("/api/crm/outbound-email")
  .post("/", scope("write:crm"), sendEmail);
