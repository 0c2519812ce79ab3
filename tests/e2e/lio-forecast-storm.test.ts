import { expect, test } from "vitest";
import { age } from "../../shared/crm/forecast/age.ts";
import { decimal } from "../../shared/crm/forecast/decimals.ts";
import { type DealFacts, probability } from "../../shared/crm/forecast/probability.ts";
import { weightedValue } from "../../shared/crm/forecast/weighted-value.ts";
import type { Json } from "../support/api-client.ts";
import { seeded } from "../support/contract-values.ts";
import type { LioClient } from "../support/lio.ts";
import { dayFromNow, dealWorld } from "../support/lio-deals.ts";
import { bothForecasts, expectEnds, watched } from "../support/kept-forecasts.ts";
import { leadOf } from "../support/lio-leads.ts";
import { asOwner } from "../support/workspace.ts";

const WRITERS = 6;
const TURNS = 14;
const OPEN = ["Lead", "Qualified", "Proposal", "Negotiation"];
const STAGES = [...OPEN, ...OPEN, "Won", "Lost"];

type World = Awaited<ReturnType<typeof dealWorld>>;

/** Adds, changes, closes, opens again and deletes deals, some of which others change meanwhile. */
async function writer({ body, stage }: World, api: LioClient, shared: number[], name: string) {
  const random = seeded(name);
  const one = <T>(of: readonly T[]): T | undefined => of[Math.floor(random() * of.length)];
  const some = () => ({
    value: Math.floor(random() * 1e8 + 100) / 100,
    expected_close_date: dayFromNow(Math.floor(random() * 400) - 90),
    stage_id: stage(one(STAGES) ?? ""),
  });
  const own: number[] = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    const chosen = one([...own, ...shared]) ?? 0;
    const { status, text, body: { data } } = turn % 3 === 0
      ? await api.post("lead/deal/add", body({ ...some(), currency: one(["USD", "USD", "EUR"]) }))
      : turn % 7 === 6
      ? await api.send("DELETE", "lead/deal/delete", { body: { ids: [chosen] } })
      : await api.post(`lead/deal/update/${chosen}`, some());
    expect([200, 201, 404], text).toContain(status);
    if (status === 201) own.push(data.id);
  }
}

interface PlainDeal extends DealFacts {
  number: number;
  value: string;
  currency: string;
  due: string;
  is_won_now: boolean;
  /** Milliseconds until it is a day longer in its stage. */
  left: number;
}

/** The deals as they are, with what their forecast is made of, counted from the deals themselves. */
const plainDeals = (workspace: string) =>
  asOwner<PlainDeal>(
    `select d.number::int, d.value::text, d.currency, d.expected_close_date::text as due, d.outcome,
        d.probability as own, s.probability as stage, s.max_days_in_stage as "maxDaysInStage",
        floor(extract(epoch from now() - d.stage_changed_at) / 86400)::int as "daysInStage",
        (now() at time zone 'UTC')::date - d.expected_close_date as "daysOverdue",
        d.outcome = 'won' and to_char(d.closed_at at time zone 'UTC', 'YYYY-MM') = to_char(now() at time zone 'UTC', 'YYYY-MM')
          as is_won_now,
        ((86400 - extract(epoch from now() - d.stage_changed_at) % 86400) * 1000)::float8 as left,
        (select json_build_object('won', count(*) filter (where c.outcome = 'won'),
            'lost', count(*) filter (where c.outcome = 'lost'))
          from crm.deals c where c.workspace_id = d.workspace_id and s.id = any (c.visited)) as closed
      from crm.deals d join crm.stages s on s.workspace_id = d.workspace_id and s.id = d.stage_id
      where d.workspace_id = $1`,
    [workspace],
  );

const weighted = (deal: PlainDeal) => weightedValue(deal.value, probability(deal));

function sums(deals: readonly PlainDeal[]) {
  const total = (of: (deal: PlainDeal) => ReturnType<typeof decimal>) =>
    Number(deals.reduce((all, deal) => all.plus(of(deal)), decimal(0)));
  return {
    deal_count: deals.length,
    total_value: total(({ value }) => decimal(value)),
    weighted_value: total(weighted),
  };
}

const committed = (deals: readonly PlainDeal[]) =>
  sums(deals.filter((deal) => probability(deal).gte("0.75"))).total_value;

/** Compares a forecast with the deals that it is of. */
function expectSums(forecast: Json, deals: readonly PlainDeal[]) {
  const own = deals.filter(({ currency }) => currency === "USD");
  const open = own.filter(({ outcome }) => outcome === "open");
  const last = forecast.periods.at(-1).end_date;
  let after = "";
  for (const { end_date, start_date, ...period } of forecast.periods) {
    const its = open.filter(({ due }) => due > after && due <= end_date);
    const overdue = after === "" ? its.filter(({ due }) => due < start_date) : [];
    expect(period).toMatchObject({
      ...sums(its),
      best_case: sums(its).total_value,
      commit: committed(its),
      overdue_value: sums(overdue).total_value,
      won_value: after === "" ? sums(own.filter((deal) => deal.is_won_now)).total_value : 0,
    });
    after = end_date;
  }
  const within = open.filter(({ due }) => due <= last);
  expect(forecast.totals).toMatchObject({ ...sums(within), commit: committed(within) });
  expect(forecast.beyond).toEqual(sums(open.filter(({ due }) => due > last)));
  const others = deals.filter(({ currency, outcome }) => currency === "EUR" && outcome === "open");
  expect(forecast.other_currencies)
    .toEqual(others.length === 0 ? [] : [{ currency: "EUR", ...sums(others) }]);
}

/** Once asked for, the sums are kept until a day more in its stage fades a deal, or the day of UTC ends. */
async function expectKept(world: World, deals: readonly PlainDeal[]) {
  const { workspace, admin: { api } } = world;
  const shown = await api.read("forecast/pipeline?months=6");
  const { kept, seen } = await bothForecasts(workspace.id);
  expect(kept).toBe(seen);
  const fading = deals.filter(({ outcome, daysInStage, maxDaysInStage }) =>
    outcome === "open" && !age(daysInStage + 1, maxDaysInStage).eq(age(daysInStage, maxDaysInStage))
  );
  const [row] = await asOwner<{ left: number }>(
    `select extract(epoch from until - now())::float8 * 1000 as left from crm.open_forecasts where workspace_id = $1`,
    [workspace.id],
  );
  const midnight = Date.parse(dayFromNow(1)) - Date.now();
  expect(fading.length).toBeGreaterThan(0);
  const first = Math.min(midnight, ...fading.map(({ left }) => left));
  expect(Math.abs(Number(row?.left) - first)).toBeLessThan(60_000);
  const change = (set: string) =>
    asOwner(`update crm.open_forecasts set ${set} where workspace_id = $1`, [workspace.id]);
  await change("sums = '[]'");
  expect((await api.read("forecast/pipeline?months=6")).totals.deal_count).toBe(0);
  await change("until = now()");
  expect(await api.read("forecast/pipeline?months=6")).toEqual(shown);
}

test("after a storm of writes at once a forecast is what the formulas say of each deal", async () => {
  const world = await dealWorld();
  const { workspace, admin: { api, number }, user, deal, stage } = world;
  const rep = await user("rep");
  const foreign = await leadOf(api, { assigned_to: number });
  const shared: number[] = [];
  for (const assigned_to of [number, rep.number, number, rep.number]) {
    shared.push((await deal({ assigned_to, lead_id: foreign.id })).id);
  }
  await asOwner("update crm.stages set max_days_in_stage = 5 where number = $1", [
    stage("Qualified"),
  ]);
  await watched(
    world,
    Promise.all(
      Array.from({ length: WRITERS }, (_, at) => writer(world, api, shared, `writer ${at}`)),
    ),
  );
  // Some are at their stage for long, and some have a probability of their own.
  await asOwner(
    `update crm.deals set stage_changed_at = stage_changed_at
          - make_interval(days => (number * 7 % 60)::int, mins => (23 * 60 + 20 + number % 20)::int),
        probability = case when number % 5 = 0 then number * 37 % 10000 / 100.0 end where workspace_id = $1`,
    [workspace.id],
  );
  const deals = await plainDeals(workspace.id);
  expectSums(await api.read("forecast/pipeline?months=6"), deals);
  await expectKept(world, deals);
  // What a stage tells is part of it.
  await asOwner("update crm.stages set max_days_in_stage = 9, probability = 44 where number = $1", [
    stage("Proposal"),
  ]);
  const changed = await plainDeals(workspace.id);
  expectSums(await api.read("forecast/pipeline?months=6"), changed);
  expect(sums(changed).weighted_value).not.toBe(sums(deals).weighted_value);
  const seen: Json[] = await rep.api.read("lead/deal/list?limit=500");
  const shown = changed.filter((one) => seen.some(({ id }) => id === one.number));
  expect(shown.length).toBeLessThan(deals.length);
  expectSums(await rep.api.read("forecast/pipeline?months=6"), shown);
  for (const one of changed.filter(({ number: id }) => id % 4 === 0)) {
    const { probability: chance, weighted_value } = await api.read(`forecast/deal/${one.number}`);
    expect([chance, weighted_value]).toEqual([Number(probability(one)), Number(weighted(one))]);
  }
  // The last that was noted of a deal is what it is.
  expect(
    await asOwner(
      `select d.number from crm.deals d where d.workspace_id = $1 and not exists (
        select from (select * from crm.deal_snapshots s where s.deal_id = d.id
          order by s.computed_at desc, s.id desc limit 1) newest
        where (newest.value, newest.stage, newest.expected_close_date) = (d.value, d.stage_id, d.expected_close_date))`,
      [workspace.id],
    ),
  ).toEqual([]);
  await expectEnds(world);
});
