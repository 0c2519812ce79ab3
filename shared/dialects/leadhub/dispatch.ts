import { startRuns } from "../../automations/listen.ts";
import type { Work } from "../../jobs/work.ts";
import { webhookListener } from "../../webhooks/listen.ts";
import { leadEvents } from "./lead-events.ts";

/** Until a day later: an event that nobody is told of is lost. */
const RETRY_AFTER = [1, 5, 30, 300, 1_800, 7_200, 21_600, 43_200];

/**
 * The work of jobs that tell who listens of an event, `{sequence}`: what each makes of it is written
 * together, and once.
 */
const dispatch: Work = {
  retryAfter: RETRY_AFTER,
  async run({ payload }, { workspace, done }) {
    const events = await leadEvents(workspace, Number(payload.sequence));
    const told = await Promise.all([startRuns(workspace, events), webhookListener(events)]);
    await workspace.write([...told.flat(), done]);
  },
};

export default dispatch;
