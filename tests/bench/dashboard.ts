import assert from "node:assert/strict";
import type pg from "pg";
import { withClient } from "../../supabase/local/owner-connection.ts";
import { requestText } from "./connection.ts";
import { apiKey } from "./key.ts";
import { type Bench, compared, type Line } from "./line.ts";
import type { Target } from "./load.ts";
import { overHttp, sideBySide } from "./measure.ts";
import { emptyWorkspace } from "./seed.ts";
import { benchModule, type Server, startModule } from "./servers.ts";

const FEW = 10_000;
const MANY = 1_000_000;
const MANY_QUICKLY = 100_000;
const AT_ONCE = 50_000;
const RATE = "answers/s";
const PATH = "/functions/v1/crm/api/crm/dashboard?from=2026-01-01&to=2026-12-31";

// What would write a row more for each deal; the totals are kept as always.
const UNNEEDED = ["record_inserted", "keep_first_stage", "set_closed_at", "snapshot_inserted"];

interface DealWorkspace {
  id: string;
  key: string;
  deals: number;
}

/** The dashboard of few deals and of many, each beside a handler written by hand with the same SQL. */
export async function dashboard(bench: Bench): Promise<Line[]> {
  const [few, many] = await filled(bench);
  const byHand = await startModule(benchModule("naive-crm.ts"), bench.apiUrl);
  try {
    const figures = await sideBySide([
      overHttp("naive", naive(byHand, few)),
      overHttp("ours", ours(bench, few)),
      overHttp("naive, many", naive(byHand, many)),
      overHttp("ours, many", ours(bench, many)),
    ], bench.pace);
    const [least, most] = [few, many].map(({ deals }) => deals.toLocaleString("en"));
    const name = "CRM: GET dashboard";
    return [
      compared(`${name}, ${least} deals`, RATE, figures, ["ours", "naive"]),
      compared(`${name}, ${most} deals`, RATE, figures, ["ours, many", "naive, many"]),
      compared(`the same at ${most} against ${least}`, RATE, figures, ["ours, many", "ours"], {
        at: "least",
        value: 0.8,
      }),
    ];
  } finally {
    await byHand.stop();
  }
}

function ours({ ours: { port } }: Bench, { id, key, deals }: DealWorkspace): Target {
  const request = requestText("GET", `${PATH}&entityId=${id}`, { Authorization: `Bearer ${key}` });
  return {
    port,
    request: () => request,
    check(_, status, body) {
      assert.equal(status, 200, JSON.stringify(body));
      const tallies = body as Record<"open" | "won" | "lost", { count: number }>;
      assert.equal(tallies.open.count + tallies.won.count + tallies.lost.count, deals);
    },
  };
}

function naive({ port }: Pick<Server, "port">, { id, deals }: DealWorkspace): Target {
  const request = requestText("GET", "/dashboard", { "X-Workspace": id });
  return {
    port,
    request: () => request,
    check(_, status, body) {
      assert.equal(status, 200, JSON.stringify(body));
      const [counts = []] = body as { count: number }[][];
      assert.equal(counts.reduce((sum, { count }) => sum + count, 0), deals);
    },
  };
}

function filled({ adminUrl, quick }: Bench): Promise<[DealWorkspace, DealWorkspace]> {
  return withClient(adminUrl, async (owner) => {
    await owner.query("set synchronous_commit = off");
    for (const trigger of UNNEEDED) {
      await owner.query(`alter table crm.deals disable trigger ${trigger}`);
    }
    const few = await workspaceOf(owner, FEW);
    const many = await workspaceOf(owner, quick ? MANY_QUICKLY : MANY);
    for (const trigger of UNNEEDED) {
      await owner.query(`alter table crm.deals enable trigger ${trigger}`);
    }
    await owner.query("vacuum analyze crm.deals, crm.record_counts, crm.deal_totals");
    await owner.query("checkpoint");
    return [few, many];
  });
}

/** Deals at five stages, two of five decided on one of 300 days. */
async function workspaceOf(owner: pg.Client, deals: number): Promise<DealWorkspace> {
  const { id } = await emptyWorkspace(owner);
  for (let from = 1; from <= deals; from += AT_ONCE) {
    await owner.query(
      `insert into crm.deals (workspace_id, title, value, stage, closed_at)
       select $1, 'Deal ' || n, n % 5000, (array['Lead', 'Qualified', 'Proposal', 'Won', 'Lost'])[1 + n % 5],
         case when n % 5 > 2 then timestamptz '2026-01-01 12:00Z' + n % 300 * interval '1 day' end
       from generate_series($2::int, $3::int) n`,
      [id, from, Math.min(deals, from + AT_ONCE - 1)],
    );
  }
  return { id, key: await apiKey(owner, id, "crm"), deals };
}
