import type { Sample } from "./sample.ts";

/** Rows of replies to mail, in the order of their links. */
export const INBOX_SAMPLES: Readonly<Record<string, Sample>> = {
  "crm.mail_replies": (_, own) => ({
    reply: "<1@acme.com>",
    lead_id: own["crm.leads"],
    message_id: own["crm.messages"],
  }),
};
