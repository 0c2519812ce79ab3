import * as z from "zod";
import { email, label, optional, text } from "../../crm/values/fields.ts";
import { action } from "../action.ts";
import { recordNumber } from "../links.ts";

const LONGEST_SUBJECT = 998;
const LONGEST_BODY = 50_000;

/** Sends an email, by default to the lead. */
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
    types: ["smtp", "mailgun", "gmail", "microsoft"],
  }],
  take: () => Promise.reject(new Error("not yet")),
});
