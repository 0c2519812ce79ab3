import * as z from "zod";
import { email, label, optional, text } from "../../crm/values/fields.ts";
import { sql, statement } from "../../db/sql.ts";
import { storeMessage } from "../../mail/store-message.ts";
import { action, Impossible, type Outcome, type Step } from "../action.ts";
import { leadOf } from "../lead-steps.ts";
import { recordNumber } from "../links.ts";
import { RETRY_AFTER } from "../retries.ts";
import { filled, filledHtml } from "../templates.ts";

const LONGEST_SUBJECT = 998;
const LONGEST_BODY = 50_000;
const TYPES = ["smtp", "mailgun", "gmail", "microsoft"];

/** Sends an email, by default to the lead; done once the server took it. */
export const sendEmail = action({
  schema: z.strictObject({
    type: z.literal("send_email"),
    integration_id: recordNumber(),
    subject: label(LONGEST_SUBJECT),
    html_body: optional(text(LONGEST_BODY)),
    text_body: optional(text(LONGEST_BODY)),
    to: optional(email()),
  }).refine(
    ({ html_body, text_body }) => Boolean(html_body?.trim() || text_body?.trim()),
    { path: ["html_body"], message: "Give html_body, text_body or both" },
  ),
  links: ({ integration_id }) => [{
    field: "integration_id",
    record: "email integration",
    table: "integrations",
    number: integration_id,
    types: TYPES,
  }],
  async take({ integration_id, subject, html_body, text_body, to }, step) {
    if (step.messageId !== null) return await fateOf(step.messageId, step);
    const leadId = leadOf(step);
    const address = to ?? step.lead?.email;
    if (typeof address !== "string") throw new Impossible("The lead has no email address.");
    const message = storeMessage({
      integrationId: await integrationOf(integration_id, step),
      leadId,
      to: [address],
      subject: filled(subject, step.lead),
      htmlBody: html_body ? filledHtml(html_body, step.lead) : null,
      textBody: text_body ? filled(text_body, step.lead) : null,
      notify: { kind: "automations.step", payload: { run_id: step.runId, place: step.place } },
      retryAfter: RETRY_AFTER,
    });
    const [[stored] = []] = await step.run([message]);
    return { message: String(stored?.id) };
  },
});

async function integrationOf(number: number, { run }: Step): Promise<string> {
  const [[found] = []] = await run([statement(sql`
    select id from crm.integrations where number = ${number} and type = any(${TYPES})`)]);
  if (found === undefined) throw new Impossible("The email integration is gone.");
  return String(found.id);
}

// Its own work tries a message again, as long as that may help.
async function fateOf(id: string, { run }: Step): Promise<Outcome> {
  const [[message] = []] = await run([statement(sql`
    select state, error from crm.messages where id = ${id}`)]);
  if (message?.state === "sent") return "done";
  if (message?.state === "queued" || message?.state === "sending") return { message: id };
  throw new Impossible(String(message?.error ?? "The message is gone."));
}
