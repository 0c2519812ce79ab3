import { beforeAll, describe, expect, test } from "vitest";
import { type FiguresWorld, figuresWorld, sorted } from "../support/lio-figures.ts";
import { lioWorld } from "../support/lio.ts";
import { found } from "../support/lio-queries.ts";
import { asOwner } from "../support/workspace.ts";

let world: FiguresWorld;
beforeAll(async () => {
  world = await figuresWorld();
});

const DEALS = "from crm.deals d where d.workspace_id = $1";
const LEADS = "from crm.leads l where l.workspace_id = $1";
const DAY = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
const day = (time: string) => `(${time} at time zone 'UTC')::date`;

describe("a query that is given finds what plain SQL counts", () => {
  const count = { fn: "count" };
  const company = `(select c.name from crm.companies c where c.id = l.company_id)`;
  test.each<[object, string]>([
    [
      { measure: { fn: "avg", field: "score" }, dimension: { field: "priority" } },
      `select (array['Low', 'Medium', 'High', 'Urgent'])[l.priority],
        round(avg(l.fit_intent_score), 4) ${LEADS} group by 1`,
    ],
    [
      { measure: { fn: "max", field: "estimated_value" }, dimension: { field: "company" } },
      `select ${company}, max(l.estimated_value) ${LEADS} group by 1`,
    ],
    [
      { measure: count, dimension: { field: "city" }, order: { by: "dimension", dir: "desc" } },
      `select l.city, count(*) ${LEADS} group by 1`,
    ],
    [
      { measure: count, filters: [{ field: "city", op: "eq", value: "BONN" }] },
      `select count(*) ${LEADS} and lower(l.city) = 'bonn'`,
    ],
    [
      { measure: count, filters: [{ field: "city", op: "ne", value: "Bonn" }] },
      `select count(*) ${LEADS} and (l.city is null or lower(l.city) <> 'bonn')`,
    ],
    [
      { measure: count, filters: [{ field: "city", op: "contains", value: "ON" }] },
      `select count(*) ${LEADS} and l.city ilike '%on%'`,
    ],
    [
      { measure: count, filters: [{ field: "city", op: "contains", value: "%" }] },
      `select count(*) ${LEADS} and false`,
    ],
    [
      { measure: count, filters: [{ field: "lead_source", op: "is_null" }] },
      `select count(*) ${LEADS} and l.source is null`,
    ],
    [
      { measure: count, filters: [{ field: "status", op: "in", value: [1, "Contacted"] }] },
      `select count(*) ${LEADS} and l.status in ('new', 'contacted')`,
    ],
    [
      { measure: count, filters: [{ field: "company", op: "contains", value: "größe" }] },
      `select count(*) ${LEADS} and ${company} = 'Größe & Söhne'`,
    ],
    [
      {
        measure: { fn: "min", field: "score" },
        filters: [
          { field: "score", op: "gt", value: 10 },
          { field: "estimated_value", op: "lte", value: 300.3 },
        ],
      },
      `select min(l.fit_intent_score) ${LEADS} and l.fit_intent_score > 10 and l.estimated_value <= 300.3`,
    ],
    [
      {
        measure: count,
        filters: [
          { field: "created_at", op: "gt", value: DAY(30) },
          { field: "created_at", op: "ne", value: DAY(20) },
        ],
      },
      `select count(*) ${LEADS} and ${day("l.created_at")} > '${DAY(30)}'
        and ${day("l.created_at")} <> '${DAY(20)}'`,
    ],
    [
      {
        source: "deals",
        measure: { fn: "sum", field: "value" },
        dimension: { field: "expected_close_date", interval: "month" },
        filters: [{ field: "stage", op: "ne", value: "won" }],
      },
      `select date_trunc('month', d.expected_close_date::timestamp)::date,
        coalesce(sum(d.value) filter (where d.currency = 'USD'), 0) ${DEALS} and d.stage <> 'Won' group by 1`,
    ],
    [
      {
        source: "companies",
        measure: { fn: "avg", field: "rating" },
        dimension: { field: "industry_type" },
      },
      `select industry, avg(rating) from crm.companies where workspace_id = $1 group by 1`,
    ],
    [
      {
        source: "signals",
        measure: { fn: "sum", field: "points" },
        dimension: { field: "signal_type" },
        limit: 1,
      },
      `select signal_type, sum(points) from crm.intent_signals where workspace_id = $1
        group by 1 order by 2 desc limit 1`,
    ],
  ])("%j", async (query, text) => {
    const expected = await world.plain(text);
    const rows = await found(world.admin.api, { source: "leads", ...query });
    expect(sorted(rows)).toEqual(sorted(expected));
  });

  test("with the weighted value of deals as they are forecast", async () => {
    const { api } = world.admin;
    const { totals, beyond } = await api.read("forecast/pipeline?months=24");
    const [sum] = await found(api, {
      source: "deals",
      measure: { fn: "sum", field: "weighted_value" },
      filters: [{ field: "status", op: "eq", value: "open" }],
    });
    expect(sum).toBeGreaterThan(0);
    expect(sum).toBeCloseTo(totals.weighted_value + beyond.weighted_value, 6);
  });

  test("and nothing of a value that looks like SQL, which harms nothing", async () => {
    const { api } = world.admin;
    for (const value of ["' or true --", "\\'; drop table crm.leads; --", "$1", "a' || 'b"]) {
      for (const op of ["eq", "contains"]) {
        for (const field of ["city", "status", "company"]) {
          const filters = [{ field, op, value }];
          expect(await found(api, { source: "leads", measure: count, filters })).toEqual([0]);
        }
      }
    }
    expect(await found(api, { source: "leads", measure: count })).toEqual([60]);
  });

  test("the last days, of more than are shown", async () => {
    const { workspace, admin: { api } } = await lioWorld();
    await asOwner(
      `insert into crm.leads (workspace_id, pipeline_id, first_name, created_at)
       select workspace_id, id, 'Jane', timestamptz '2025-01-01 12:00Z' + make_interval(days => n)
       from crm.pipelines, generate_series(0, 100) n where workspace_id = $1 and is_default`,
      [workspace.id],
    );
    const rows = await found(api, {
      source: "leads",
      measure: count,
      dimension: { field: "created_at", interval: "day" },
    });
    expect([rows.length, rows[0], rows.at(-1)])
      .toEqual([100, ["2025-01-02", 1], ["2025-04-11", 1]]);
  });
});
