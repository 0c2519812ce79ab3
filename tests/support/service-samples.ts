import { LEDGER_SAMPLES } from "./ledger-samples.ts";
import { INBOX_SAMPLES } from "./inbox-samples.ts";
import { APP_SAMPLES } from "./app-samples.ts";
import type { Sample } from "./sample.ts";

/** Rows of what belongs to other services, in the order of their links. */
export const SERVICE_SAMPLES: Readonly<Record<string, Sample>> = {
  ...LEDGER_SAMPLES,
  "crm.connected_accounts": (_, own) => ({
    provider: "google",
    user_id: own["crm.users"],
    secrets: "sealed",
  }),
  "crm.account_messages": (_, own) => ({
    message_id: own["crm.messages"],
    account_id: own["crm.connected_accounts"],
    job_id: own["crm.jobs"],
    reference_ids: "{}",
    thread_id: "thread-1",
    is_tracked: true,
  }),
  ...INBOX_SAMPLES,
  "crm.meeting_copies": (_, own) => ({
    account_id: own["crm.connected_accounts"],
    meeting_id: own["crm.meetings"],
    event_id: "event-1",
    is_begun: true,
    generation: 0,
    wanted: 1,
    written: 1,
  }),
  ...APP_SAMPLES,
};
