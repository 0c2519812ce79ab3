import { expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { dealWorld } from "../support/lio-deals.ts";
import { leadOf } from "../support/lio-leads.ts";
import { plainOverview } from "../support/lio-plain-figures.ts";
import { executed } from "../support/lio-queries.ts";

const WRITERS = 6;
const TURNS = 8;

test("after a storm of writes the figures are what plain SQL counts, for whoever asks", async () => {
  const world = await dealWorld();
  const { admin, user, deal, stage, pipeline } = world;
  const [rep, manager] = [await user("rep"), await user("manager")];
  const shared: Json[] = [world.lead];
  const one = (list: readonly Json[], turn: number) => list[(turn * 7) % list.length];

  async function writer(number: number): Promise<void> {
    const { api } = [admin, rep, manager][number % 3] ?? admin;
    const deals: Json[] = [];
    for (let turn = 0; turn < TURNS; turn++) {
      const status = 1 + (turn + number) % 6;
      shared.push(await leadOf(api, { status, lead_source: 1 + turn % 5 }));
      const { id: lead_id } = await leadOf(api);
      deals.push(await deal({ lead_id, value: 10.25 + turn }, api));
      const names = ["Won", "Lost", "Proposal"];
      await Promise.all([
        api.post(`lead/deal/update/${one(deals, turn).id}`, {
          pipeline_id: pipeline.id,
          stage_id: stage(names[turn % 3] ?? ""),
          value: 100.75 + turn,
        }),
        // Leads of others, too, which a Rep does not see, or which are gone.
        api.post("lead/status-change", { ids: [one(shared, turn).id], status: 1 + turn % 6 }),
        api.post(`lead/update/${one(shared, turn + number).id}`, { lead_source: null }),
        api.post("company/add", { company_name: `Acme ${turn % 3}` }),
        admin.api.send("DELETE", "lead/delete", { body: { ids: [one(shared, turn + 1).id] } }),
      ]);
    }
  }
  await Promise.all(Array.from({ length: WRITERS }, (_, number) => writer(number)));

  for (const asked of [admin, rep, manager]) {
    const { period, hot_leads: _, ...rest } = await asked.api.read("dashboard/overview");
    const { weighted_value, ...deals } = rest.deals;
    expect({ ...rest, deals }).toEqual(
      await plainOverview(world, asked === rep ? rep : null, period.start_date, period.end_date),
    );
    const { totals, beyond } = await asked.api.read("forecast/pipeline?months=24");
    expect(weighted_value).toBeCloseTo(totals.weighted_value + beyond.weighted_value, 6);
    const { rows } = await executed(asked.api, "leads_by_status");
    expect(rows.map(({ value }: Json) => value)).toEqual(
      rest.leads.by_status.map(({ count }: Json) => count),
    );
    expect(rest.deals.won_count).toBeGreaterThan(0);
  }
});
