import { DRAFT_SAMPLES } from "./draft-samples.ts";
import type { Sample } from "./sample.ts";

/** Rows of target accounts, of what is planned with their contacts, and of drafts of emails, in the order of their links. */
export const ACCOUNT_SAMPLES: Readonly<Record<string, Sample>> = {
  // A company is one account at most, so that another row alike has none.
  "crm.target_accounts": (_, own) => ({
    owner_id: own["crm.users"],
    tier: 1,
    status: "active",
  }),
  "crm.target_account_contacts": (_, own) => ({
    target_account_id: own["crm.target_accounts"],
    contact_id: own["crm.contacts"],
    stakeholder_role: "champion",
    steps: 1,
  }),
  "crm.outreach_steps": (_, own) => ({
    target_account_id: own["crm.target_accounts"],
    contact_id: own["crm.contacts"],
    step: 1,
    channel: "call",
    scheduled_at: "2030-07-01T09:00:00Z",
    assigned_to: own["crm.users"],
    status: "planned",
  }),
  ...DRAFT_SAMPLES,
};
