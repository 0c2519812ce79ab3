import { followUpNotification } from "../crm/notifications.ts";
import { statement } from "../db/sql.ts";
import type { Work } from "../jobs/work.ts";

/** The work of jobs that tell of a follow-up that is due, `{task_id, due_at}`. */
export const followUpWork: Work = {
  retryAfter: [1, 5, 30, 300, 1_800, 7_200],
  async run({ payload: { task_id, due_at } }, { workspace, done }) {
    const notification = followUpNotification(String(task_id), String(due_at));
    await workspace.write([statement(notification), done]);
  },
};
