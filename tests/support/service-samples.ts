import { LEDGER_SAMPLES } from "./ledger-samples.ts";
import type { Sample } from "./sample.ts";

/** Rows of what belongs to other services, in the order of their links. */
export const SERVICE_SAMPLES: Readonly<Record<string, Sample>> = {
  ...LEDGER_SAMPLES,
  "crm.connected_accounts": (_, own) => ({
    provider: "google",
    user_id: own["crm.users"],
    secrets: "sealed",
  }),
};
