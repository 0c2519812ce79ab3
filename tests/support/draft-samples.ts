import type { Sample } from "./sample.ts";

/** Rows of drafts of emails, and of mail to target accounts. */
export const DRAFT_SAMPLES: Readonly<Record<string, Sample>> = {
  "crm.email_drafts": (_, own) => ({
    lead_id: own["crm.leads"],
    persona: "professional",
    subject: "For you",
    body: "<p>Dear Jane</p>",
    created_by: own["crm.users"],
    approved_by: own["crm.users"],
    approved_at: "2026-06-15T09:14:32Z",
    sent_as: own["crm.messages"],
  }),
  "crm.account_mailings": (_, own) => ({
    target_account_id: own["crm.target_accounts"],
    created_by: own["crm.users"],
    recipients: [],
  }),
};
