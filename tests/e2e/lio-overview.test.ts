import { beforeAll, describe, expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { expectLioFields } from "../support/lio.ts";
import { addFigures, type FiguresWorld, figuresWorld } from "../support/lio-figures.ts";
import { jsonOf, plainOverview, seenBy } from "../support/lio-plain-figures.ts";

let world: FiguresWorld;
beforeAll(async () => {
  world = await figuresWorld();
  await addFigures(world);
});

const DAY = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
const PERIODS = [[29, 0], [12, 5], [40, 20]] as const;

describe.each(["admin", "rep"] as const)("of what the %s sees", (who) => {
  test.each(PERIODS)(
    "the overview of %i to %i days ago is what plain SQL counts",
    async (from, to) => {
      const { api } = world[who];
      const [start_date, end_date] = [DAY(from), DAY(to)];
      const { period, hot_leads, ...rest } = await api.read(
        `dashboard/overview?start_date=${start_date}&end_date=${end_date}`,
      );
      const { weighted_value, ...deals } = rest.deals;
      expect(period).toEqual({ start_date, end_date });
      const expected = await plainOverview(
        world,
        who === "rep" ? world.rep : null,
        start_date,
        end_date,
      );
      expect({ ...rest, deals }).toEqual(expected);
      const { totals, beyond } = await api.read("forecast/pipeline?months=24");
      expect(weighted_value).toBeCloseTo(totals.weighted_value + beyond.weighted_value, 6);
      expect(hot_leads).toBe((await api.get("intent-alert/hot-leads")).body.total);
      expect(hot_leads).toBeGreaterThan(0);
    },
  );

  test("statistics are what plain SQL counts", async () => {
    const { api } = world[who];
    const seen = seenBy(who === "rep" ? world.rep : null);
    const within = (time: string, from: number, to: number) =>
      `(${time} at time zone 'UTC')::date between '${DAY(from)}' and '${DAY(to)}'`;
    const leads = `from crm.leads l where l.workspace_id = $1 and ${seen.leads}
      and ${within("l.created_at", 20, 1)}`;
    const won = `from crm.deals d where d.workspace_id = $1 and ${seen.deals} and d.status = 'won'`;
    const closed = within("d.closed_at", 20, 1);
    const [expected] = await world.plain(`select json_build_object(
      'conversion_rate', (select round(avg((l.status = 'converted' or exists (
        select ${won} and d.lead_id = l.id))::int), 4) ${leads}),
      'average_deal_value', (select round(avg(d.value), 2) ${won} and ${closed} and d.currency = 'USD'),
      'average_sales_cycle_days', (
        select round(avg(extract(epoch from d.closed_at - d.created_at)) / 86400, 2) ${won} and ${closed}),
      'leads_per_day', ${
      jsonOf(
        `select day::date as date, (select count(*) ${leads} and (l.created_at at time zone 'UTC')::date = day)
        as count from generate_series('${DAY(20)}'::timestamp, '${
          DAY(1)
        }', '1 day') day order by 1`,
      )
    },
      'previous', json_build_object(
        'leads', (select count(*) from crm.leads l where l.workspace_id = $1 and ${seen.leads}
          and ${within("l.created_at", 40, 21)}),
        'won_value', (select coalesce(sum(d.value), 0) ${won} and d.currency = 'USD'
          and ${within("d.closed_at", 40, 21)}))) as stats`);
    const { by_owner, win_rate, period: _, ...stats } = await api.read(
      `dashboard/stats?start_date=${DAY(20)}&end_date=${DAY(1)}`,
    );
    expect(stats).toEqual(expected);
    const overview = await api.read(
      `dashboard/overview?start_date=${DAY(20)}&end_date=${DAY(1)}`,
    );
    expect(win_rate).toBe(overview.deals.win_rate);
    const sum = (name: string) =>
      by_owner.reduce((all: number, owner: Json) => all + owner[name], 0);
    expect(sum("leads")).toBe(overview.leads.new);
    expect(sum("open_value")).toBeCloseTo(overview.deals.open_value, 6);
    expect(sum("won_value")).toBeCloseTo(overview.deals.won_value, 6);
    expect(by_owner.length).toBeGreaterThan(1);
    expect(stats.leads_per_day).toHaveLength(20);
  });

  test("the ages of leads are what plain SQL counts", async () => {
    const seen = seenBy(who === "rep" ? world.rep : null).leads;
    const aging = await world[who].api.read("dashboard/lead-aging");
    const leads = `from crm.leads l where l.workspace_id = $1 and ${seen}
      and l.status not in ('converted', 'unqualified')`;
    const age = "floor(extract(epoch from now() - l.created_at) / 86400)";
    const bounds = [[0, 7], [8, 14], [15, 30], [31, 60], [61, 90], [91, null]] as const;
    for (const [at, [from, to]] of bounds.entries()) {
      const [expected] = await world.plain(
        `select json_build_object('bucket', '${
          to === null ? "90+" : `${from}-${to}`
        }', 'from_days', ${from}, 'to_days', ${to}, 'count', count(*),
        'estimated_value', coalesce(sum(l.estimated_value), 0)) ${leads}
        and ${age} between ${from} and ${to ?? 99_999}`,
      );
      expect(aging.buckets[at]).toEqual(expected);
    }
    expect(aging.buckets).toHaveLength(6);
    expect([aging.total, aging.stale]).toEqual(
      (await world.plain(`select count(*) as total, count(*) filter (where
      l.created_at < now() - interval '30 days' and (l.last_activity_at is null
        or l.last_activity_at < now() - interval '30 days')) as stale ${leads}`))[0],
    );
    expect(aging.stale).toBeGreaterThan(0);
  });

  test("the top accounts are those whose deals are worth most", async () => {
    const seen = seenBy(who === "rep" ? world.rep : null);
    const { body } = await world[who].api.get("dashboard/top-accounts?limit=2");
    const sums = (outcome: string) =>
      `coalesce(sum(d.value) filter (where d.status = '${outcome}' and d.currency = 'USD'), 0)`;
    const expected = await world.plain(`select json_build_object('company_id', c.number,
        'company_name', c.name, 'open_value', ${sums("open")}, 'won_value', ${sums("won")},
        'deal_count', count(*), 'lead_count', (select count(*) from crm.leads l
          where l.company_id = c.id and ${seen.leads})) as account
      from crm.deals d join crm.companies c on c.id = d.company_id
      where d.workspace_id = $1 and ${seen.deals} group by c.workspace_id, c.id
      order by ${sums("open")} + ${sums("won")} desc`);
    expect(body).toMatchObject({ data: expected.slice(0, 2), total: expected.length, limit: 2 });
  });
});

test("an empty workspace has no figures; the period is the last 30 days", async () => {
  const { api } = (await figuresWorld(0)).admin;
  const { period, deals, leads } = await api.read("dashboard/overview");
  expect(period).toEqual({ start_date: DAY(29), end_date: DAY(0) });
  expect(deals).toMatchObject({ open_value: 0, weighted_value: 0, won_value: 0, win_rate: null });
  expect(leads).toEqual({ total: 0, new: 0, by_status: [], by_source: [] });
  expect(await api.read("dashboard/stats")).toMatchObject({
    conversion_rate: null,
    average_deal_value: null,
    average_sales_cycle_days: null,
    win_rate: null,
    by_owner: [],
    previous: { leads: 0, won_value: 0 },
  });
  expect((await api.read("dashboard/lead-aging")).buckets.map(({ count }: Json) => count))
    .toEqual([0, 0, 0, 0, 0, 0]);
  expect((await api.get("dashboard/top-accounts")).body).toMatchObject({ data: [], total: 0 });
});

test("a period that cannot be is refused", async () => {
  const { api } = world.admin;
  for (const path of ["overview", "stats"]) {
    const at = (query: string) => api.get(`dashboard/${path}?${query}`);
    expectLioFields(await at("start_date=2026-02-02&end_date=2026-02-01"), 400, "start_date");
    expectLioFields(await at("start_date=2999-01-01"), 400, "start_date");
    expectLioFields(await at("start_date=soon&until=now"), 400, "start_date", "until");
    const { period } = (await at(
      "start_date=2026-02-01T23:30:00-02:00&end_date=2026-02-02T10:00:00Z",
    )).body.data;
    expect(period).toEqual({ start_date: "2026-02-02", end_date: "2026-02-02" });
  }
  expectLioFields(await api.get("dashboard/stats?start_date=0001-01-01"), 400, "start_date");
  const all = "dashboard/overview?start_date=0001-01-01&end_date=9999-12-31";
  expect((await api.read(all)).leads.new).toBe(60);
  expectLioFields(await api.get("dashboard/top-accounts?limit=101"), 400, "limit");
  expectLioFields(await api.get("dashboard/lead-aging?page=1"), 400, "page");
});
