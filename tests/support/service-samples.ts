import { APP_SAMPLES } from "./app-samples.ts";
import type { Sample } from "./sample.ts";

/** Rows of what belongs to other services, in the order of their links. */
export const SERVICE_SAMPLES: Readonly<Record<string, Sample>> = {
  "crm.connected_accounts": (_, own) => ({
    provider: "google",
    user_id: own["crm.users"],
    secrets: "sealed",
  }),
  ...APP_SAMPLES,
};
