import assert from "node:assert/strict";
import type pg from "pg";
import { withClient } from "../../supabase/local/owner-connection.ts";
import { requestText } from "./connection.ts";
import { type Bench, compared, type Line } from "./line.ts";
import { type LioWorkspace, lioWorkspace } from "./lio-world.ts";
import type { Target } from "./load.ts";
import { overHttp, sideBySide } from "./measure.ts";
import { benchModule, startModule } from "./servers.ts";

const FEW = 1_000;
const MANY = 100_000;
const AT_ONCE = 25_000;
const RATE = "answers/s";
const PATH = "/functions/v1/lio/api/forecast/pipeline";

// What would write a row more for each deal.
const UNNEEDED = ["record_inserted", "keep_first_stage", "set_closed_at", "snapshot_inserted"];

interface DealWorkspace extends LioWorkspace {
  open: number;
}

/** The forecast of few deals and of many, all of them open or as few as of the others; and beside plain SQL. */
export async function forecast(bench: Bench): Promise<Line[]> {
  const { few, decided, many } = await filled(bench);
  const byHand = await startModule(benchModule("naive-lio.ts"), bench.apiUrl);
  try {
    const figures = await sideBySide([
      overHttp("ours", ours(bench, few)),
      overHttp("ours, most decided", ours(bench, decided)),
      overHttp("naive, many", naive(byHand.port, many)),
      overHttp("ours, many", ours(bench, many)),
    ], bench.pace);
    const name = "LIO: GET forecast/pipeline";
    const [least, most] = [FEW, MANY].map((count) => count.toLocaleString("en"));
    const flat = { at: "least", value: 0.8 } as const;
    const line = (what: string, of: string, against: string, bound?: typeof flat) =>
      compared(`${name}, ${what}`, RATE, figures, [of, against], bound);
    return [
      line(
        `${most} deals, ${least} of them open, against ${least}`,
        "ours, most decided",
        "ours",
        flat,
      ),
      line(`${most} open deals against ${least}`, "ours, many", "ours", flat),
      line(`${most} open deals`, "ours, many", "naive, many"),
    ];
  } finally {
    await byHand.stop();
  }
}

function ours({ ours: { port } }: Bench, { user, open }: DealWorkspace): Target {
  const request = requestText("GET", PATH, user);
  return {
    port,
    request: () => request,
    check(_, status, body) {
      assert.equal(status, 200, JSON.stringify(body));
      const { totals, beyond } = (body as { data: Record<string, { deal_count: number }> }).data;
      assert.equal(Number(totals?.deal_count) + Number(beyond?.deal_count), open);
    },
  };
}

function naive(port: number, { id, open }: DealWorkspace): Target {
  const request = requestText("GET", "/forecast", { "X-Workspace": id });
  return {
    port,
    request: () => request,
    check(_, status, body) {
      assert.equal(status, 200, JSON.stringify(body));
      const { data } = body as { data: { deals: number }[] };
      assert.equal(data.reduce((all, { deals }) => all + deals, 0), open);
    },
  };
}

function filled({ adminUrl }: Bench) {
  return withClient(adminUrl, async (owner) => {
    await owner.query("set synchronous_commit = off");
    const switched = async (how: "disable" | "enable") => {
      for (const one of UNNEEDED) await owner.query(`alter table crm.deals ${how} trigger ${one}`);
    };
    await switched("disable");
    const few = await workspaceOf(owner, FEW, FEW);
    const decided = await workspaceOf(owner, MANY, FEW);
    const many = await workspaceOf(owner, MANY, MANY);
    await switched("enable");
    await owner.query("vacuum analyze crm.deals, crm.record_counts, crm.stage_outcomes");
    await owner.query("checkpoint");
    return { few, decided, many };
  });
}

/** Deals at four stages, due within a year, the others decided on one of 300 days. */
async function workspaceOf(owner: pg.Client, deals: number, open: number): Promise<DealWorkspace> {
  const made = await lioWorkspace(owner, 1);
  for (let from = 1; from <= deals; from += AT_ONCE) {
    await owner.query(
      `insert into crm.deals (workspace_id, title, value, stage, expected_close_date, stage_changed_at, closed_at)
       select $1, 'Deal ' || n, 100 + n * 7919 % 1000000 / 100.0,
         case when n > $4 then (array['Won', 'Lost', 'Lost'])[1 + n % 3]
           else (array['Lead', 'Qualified', 'Proposal', 'Negotiation'])[1 + n % 4] end,
         (now() at time zone 'UTC')::date + n % 360 - 60, now() - n % 60 * interval '1 day 7 seconds',
         case when n > $4 then now() - n % 300 * interval '1 day' end
       from generate_series($2::int, $3::int) n`,
      [made.id, from, Math.min(deals, from + AT_ONCE - 1), open],
    );
  }
  return { ...made, open };
}
