import type { Sample } from "./sample.ts";

/** Rows of what belongs to other services, in the order of their links. */
export const SERVICE_SAMPLES: Readonly<Record<string, Sample>> = {
  "crm.connected_accounts": (_, own) => ({
    provider: "google",
    user_id: own["crm.users"],
    secrets: "sealed",
  }),
  "crm.meeting_copies": (_, own) => ({
    account_id: own["crm.connected_accounts"],
    meeting_id: own["crm.meetings"],
    event_id: "event-1",
    is_begun: true,
    generation: 0,
    wanted: 1,
    written: 1,
  }),
};
