import { leadsWithSignals, otherScoring, scoring } from "../crm/lead-scores.ts";
import { rowsOf } from "../db/wire/rows.ts";
import { enqueue } from "../jobs/enqueue.ts";
import type { Work } from "../jobs/work.ts";

const RETRY_AFTER = [1, 5, 30, 300, 1_800, 7_200];
/** Jobs of one lead each that a run takes over: what follows from many writes is scored together. */
const MOST_OTHERS = 100;
/** Leads that a piece of the nightly work looks at. */
const PIECE = 200;
const BEFORE_ALL = "00000000-0000-0000-0000-000000000000";

/** The work of jobs that score leads which were changed, `{lead_ids}`. */
export const scoreWork: Work = {
  retryAfter: RETRY_AFTER,
  async run({ payload }, { workspace, done }) {
    await workspace.transact(async (transaction) => {
      const [others] = await transaction.run([otherScoring(MOST_OTHERS)]);
      const all = [
        payload,
        ...rowsOf<{ payload: Record<string, unknown> }>(others).map((one) => one.payload),
      ];
      const ids = [...new Set(all.flatMap(leadIds))];
      await transaction.run([...await scoring(transaction, ids), done]);
    });
  },
};

/** The work of jobs that score the leads with signals again, which fade, from the lead `{after}` on. */
export const rescoreWork: Work = {
  retryAfter: RETRY_AFTER,
  async run({ payload }, { workspace, done }) {
    await workspace.transact(async (transaction) => {
      const after = String(payload.after ?? BEFORE_ALL);
      const [rows] = await transaction.run([leadsWithSignals(after, PIECE)]);
      const ids = rowsOf<{ lead_id: string }>(rows).map(({ lead_id }) => lead_id);
      const last = ids.length < PIECE ? undefined : ids.at(-1);
      await transaction.run([
        ...await scoring(transaction, ids),
        ...last === undefined ? [] : [enqueue("leads.rescore", { after: last })],
        done,
      ]);
    });
  },
};

function leadIds({ lead_ids }: { lead_ids?: unknown }): string[] {
  return Array.isArray(lead_ids) ? lead_ids.map(String) : [];
}
