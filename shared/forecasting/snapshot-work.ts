import { sql, statement } from "../db/sql.ts";
import { rowOf } from "../db/wire/rows.ts";
import { enqueue } from "../jobs/enqueue.ts";
import type { Work } from "../jobs/work.ts";

/** Deals that one run takes snapshots of. */
const PIECE = 1_000;
const BEFORE_ALL = "00000000-0000-0000-0000-000000000000";

/** The work of jobs that take the day's snapshots of open deals, from the deal `{after}` on. */
export const snapshotWork: Work = {
  retryAfter: [1, 5, 30, 300, 1_800, 7_200],
  async run({ payload }, { workspace, done }) {
    await workspace.transact(async (transaction) => {
      const after = String(payload.after ?? BEFORE_ALL);
      const [rows] = await transaction.run([
        statement(sql`select app.snapshot_open_deals(${after}::uuid, ${PIECE}) as last`),
      ]);
      const { last } = rowOf<{ last: string | null }>(rows);
      await transaction.run([
        ...last === null ? [] : [enqueue("deals.snapshot", { after: last })],
        done,
      ]);
    });
  },
};
