import assert from "node:assert/strict";
import type pg from "pg";
import { withClient } from "../../supabase/local/owner-connection.ts";
import { requestText } from "./connection.ts";
import { type Bench, compared, type Line } from "./line.ts";
import { type LioWorkspace, lioWorkspace } from "./lio-world.ts";
import type { Target } from "./load.ts";
import { overHttp, sideBySide } from "./measure.ts";

const FEW = 1_000;
const MANY = 100_000;
const LEADS = 1_000;
// What would write a row more for each deal; the totals are kept as always.
const UNNEEDED = ["record_inserted", "snapshot_inserted", "keep_first_stage", "set_closed_at"];
const PATH = "/functions/v1/lio/api/dashboard/overview";

/** The overview of few deals and of many, a fifth of which are open. */
export async function lioOverview(bench: Bench): Promise<Line[]> {
  const [few, many] = await withClient(bench.adminUrl, async (owner) => {
    const both = await without(
      owner,
      async () => [await withDeals(owner, FEW), await withDeals(owner, MANY)] as const,
    );
    await owner.query("vacuum analyze crm.deals, crm.leads, crm.record_counts, crm.deal_totals");
    return both;
  });
  const figures = await sideBySide([
    overHttp("few", overview(bench, few, FEW)),
    overHttp("many", overview(bench, many, MANY)),
  ], bench.pace);
  const [least, most] = [FEW, MANY].map((deals) => deals.toLocaleString("en"));
  const name = `LIO: GET dashboard/overview, ${most} deals against ${least}`;
  return [compared(name, "answers/s", figures, ["many", "few"], {
    at: "least",
    value: 0.8,
  })];
}

function overview({ ours: { port } }: Bench, { user }: LioWorkspace, deals: number): Target {
  const request = requestText("GET", `${PATH}?start_date=2026-01-01&end_date=2026-12-31`, user);
  return {
    port,
    request: () => request,
    check(_, status, body) {
      assert.equal(status, 200, JSON.stringify(body));
      const { open_count, won_count, lost_count } = (body as {
        data: { deals: Record<"open_count" | "won_count" | "lost_count", number> };
      }).data.deals;
      assert.equal(open_count + won_count + lost_count, deals);
    },
  };
}

/** Does what writes deals without the triggers that it does not need. */
async function without<T>(owner: pg.Client, work: () => Promise<T>): Promise<T> {
  const turn = async (how: "disable" | "enable") => {
    for (const trigger of UNNEEDED) {
      await owner.query(`alter table crm.deals ${how} trigger ${trigger}`);
    }
  };
  await turn("disable");
  const made = await work();
  await turn("enable");
  return made;
}

async function withDeals(owner: pg.Client, deals: number): Promise<LioWorkspace> {
  const workspace = await lioWorkspace(owner, LEADS);
  await owner.query("set synchronous_commit = off");
  await owner.query(
    `insert into crm.deals (workspace_id, title, value, stage, expected_close_date, closed_at)
     select $1, 'Deal ' || n, n % 5000,
       (array['Proposal', 'Won', 'Lost', 'Won', 'Lost'])[1 + n % 5], date '2027-01-01' + n % 300,
       case when n % 5 > 0 then timestamptz '2026-01-01 12:00Z' + n % 300 * interval '1 day' end
     from generate_series(1, $2::int) n`,
    [workspace.id, deals],
  );
  return workspace;
}
