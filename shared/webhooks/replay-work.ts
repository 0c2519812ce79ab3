import { sql, statement } from "../db/sql.ts";
import type { Work } from "../jobs/work.ts";

const RETRY_AFTER = [5, 30, 300, 1_800];

/** Goes on with sending the deliveries of a time again: `{integration_id, from, to, status, after}`. */
export const replayWork: Work = {
  retryAfter: RETRY_AFTER,
  async run({ payload }, { workspace, done }) {
    const { integration_id, from, to, status, after } = payload;
    const replayed = sql`select app.replay_webhook_deliveries(${integration_id}, ${from}, ${to},
      ${status}, ${after})`;
    await workspace.write([statement(replayed), done]);
  },
};

/** Goes on with sending what waited for a webhook to be active: `{integration_id}`. */
export const resumeWork: Work = {
  retryAfter: RETRY_AFTER,
  async run({ payload }, { workspace, done }) {
    const resumed = sql`select app.resume_webhook_deliveries(${payload.integration_id})`;
    await workspace.write([statement(resumed), done]);
  },
};
