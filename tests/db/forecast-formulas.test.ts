import { expect, test } from "vitest";
import { probability } from "../../shared/crm/forecast/probability.ts";
import { weightedValue } from "../../shared/crm/forecast/weighted-value.ts";
import { seeded } from "../support/contract-values.ts";
import { someDeals } from "../support/forecast-deals.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

test("the database forecasts as the formulas do, to the last digit", async () => {
  const random = seeded("formulas");
  const deals = someDeals(3_000).map((facts) =>
    Object.assign(facts, {
      value: random() < 0.1 ? null : `${Math.floor(random() * 1e12)}.${Math.floor(random() * 1e9)}`,
    })
  );
  const rows = await asOwner<{ chance: string; weighted: string }>(
    `select chance::text, app.weighted_value(d.value, chance)::text as weighted
      from jsonb_array_elements($1::jsonb) with ordinality as given (deal, place),
        jsonb_to_record(deal) as d (outcome text, own float8, stage numeric, closed jsonb,
          "daysInStage" integer, "maxDaysInStage" integer, "daysOverdue" integer, value numeric),
        lateral (select app.forecast_probability(outcome, own, stage / 100, (closed ->> 'won')::bigint,
          (closed ->> 'lost')::bigint, "daysInStage", "maxDaysInStage", "daysOverdue") as chance) chance
      order by place`,
    [JSON.stringify(deals)],
  );
  const expected = deals.map((deal) => {
    const chance = probability(deal);
    return { chance: chance.toFixed(), weighted: weightedValue(deal.value, chance).toFixed() };
  });
  expect(rows).toEqual(expected);
});

const NAMES = ["Lead", "Qualified", "Proposal", "Negotiation", "Won", "Lost"];

test("won and lost are the deals of the last 365 days that were at a stage, whatever happened to them", async () => {
  const random = seeded("outcomes");
  const one = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)]!;
  const { id } = await testWorkspace();
  await asOwner(
    `insert into crm.deals (workspace_id, title, stage) select $1, 'Deal ' || nth, 'Lead'
      from generate_series(1, 40) nth`,
    [id],
  );
  for (let round = 0; round < 6; round += 1) {
    await asOwner(
      `update crm.deals set stage = ($2::text[])[1 + number % 6], value = number where workspace_id = $1`,
      [id, round === 5 ? NAMES : Array.from(NAMES, () => one(NAMES))],
    );
    await asOwner(
      `update crm.deals set closed_at = closed_at - make_interval(days => (number % 5 * 100)::int)
        where workspace_id = $1 and closed_at > now() - interval '1 day'`,
      [id],
    );
    await asOwner(`delete from crm.deals where workspace_id = $1 and number % 17 = $2`, [
      id,
      round,
    ]);
  }
  const kept = await asOwner(
    `select s.name, f.won::int, f.lost::int from crm.stages s
      join app.stage_facts($1) f on f.stage_id = s.id order by s.position`,
    [id],
  );
  const counted = await asOwner<{ name: string; won: number; lost: number }>(
    `select s.name, count(d.id) filter (where d.outcome = 'won')::int as won,
        count(d.id) filter (where d.outcome = 'lost')::int as lost
      from crm.stages s left join crm.deals d on d.workspace_id = s.workspace_id and d.pipeline_id = s.pipeline_id
        and s.id = any (d.visited) and (d.closed_at at time zone 'UTC')::date >= (now() at time zone 'UTC')::date - 365
      where s.workspace_id = $1 group by s.name, s.position order by s.position`,
    [id],
  );
  expect(kept).toEqual(counted);
  expect(counted.some(({ won, lost }) => won > 0 && lost > 0)).toBe(true);
});
