import type { Sample } from "./sample.ts";

/** Rows of ledgers, which come with their workspace. */
export const LEDGER_SAMPLES: Readonly<Record<string, Sample>> = {
  "crm.ledger_holds": () => ({
    ledger: "credits",
    amount: 5,
    purpose: "meeting_summary",
    expires_at: "2099-01-01T00:00:00Z",
  }),
};
