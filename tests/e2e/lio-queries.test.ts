import { beforeAll, describe, expect, test } from "vitest";
import { expectLioFields } from "../support/lio.ts";
import { type FiguresWorld, figuresWorld, sorted } from "../support/lio-figures.ts";
import { executed, found } from "../support/lio-queries.ts";

let world: FiguresWorld;
beforeAll(async () => {
  world = await figuresWorld();
});

const DEALS = "from crm.deals d where d.workspace_id = $1";
const LEADS = "from crm.leads l where l.workspace_id = $1";
const DAY = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
const label = (type: string, column: string) =>
  `(select name from crm.lookups k where k.workspace_id = $1 and k.module_name = 'lead'
    and k.type = '${type}' and k.value = l.${column})`;
const user = `(select name from crm.users u where u.workspace_id = $1 and u.id = d.assigned_to)`;
const day = (time: string) => `(${time} at time zone 'UTC')::date`;

describe("a built-in query finds what plain SQL counts", () => {
  test.each([
    [
      "leads_by_status",
      {},
      `select ${label("status", "status")}, count(*) ${LEADS} group by l.status`,
    ],
    [
      "leads_by_source",
      {},
      `select ${label("source", "source")}, count(*) ${LEADS} group by l.source`,
    ],
    [
      "leads_by_status",
      { start_date: DAY(20), end_date: DAY(10) },
      `select ${label("status", "status")}, count(*) ${LEADS}
        and ${day("l.created_at")} between '${DAY(20)}' and '${DAY(10)}' group by l.status`,
    ],
    ["leads_over_time", {}, `select ${day("l.created_at")}, count(*) ${LEADS} group by 1`],
    [
      "leads_over_time",
      { interval: "month" },
      `select date_trunc('month', l.created_at at time zone 'UTC')::date, count(*) ${LEADS} group by 1`,
    ],
    ["deals_by_stage", {}, `select d.stage, count(*) ${DEALS} group by 1`],
    [
      "pipeline_value",
      {},
      `select sum(d.value) ${DEALS} and d.status = 'open' and d.currency = 'USD'`,
    ],
    [
      "won_over_time",
      { interval: "week", end_date: DAY(3) },
      `select date_trunc('week', d.closed_at at time zone 'UTC')::date,
        coalesce(sum(d.value) filter (where d.currency = 'USD'), 0) ${DEALS}
        and d.status = 'won' and ${day("d.closed_at")} <= '${DAY(3)}' group by 1`,
    ],
    [
      "top_owners",
      {},
      `select ${user}, coalesce(sum(d.value) filter (where d.currency = 'USD'), 0) ${DEALS}
        and d.status = 'won' and d.assigned_to is not null group by d.assigned_to`,
    ],
    [
      "signals_by_type",
      { start_date: DAY(12) },
      `select signal_type, count(*) from crm.intent_signals where workspace_id = $1
        and occurred_at >= '${DAY(12)}T00:00:00Z' group by 1`,
    ],
  ])("%s %j", async (id, parameters, text) => {
    const { rows, row_count } = await executed(world.admin.api, id, parameters);
    const expected = await world.plain(text);
    expect(expected.length).toBeGreaterThan(0);
    const pairs = rows.map((row: Record<string, unknown>) =>
      "dimension" in row ? [row.dimension, row.value] : row.value
    );
    expect(sorted(pairs)).toEqual(sorted(expected));
    expect(row_count).toBe(rows.length);
    const isOverTime = id.endsWith("over_time");
    const ordered = rows.map((row: Record<string, number>) =>
      isOverTime ? Date.parse(String(row.dimension)) : -Number(row.value)
    );
    expect(ordered).toEqual(ordered.toSorted((a: number, b: number) => a - b));
  });

  test("of one pipeline alone", async () => {
    const [pipeline] = await world.admin.api.read("pipelines/list");
    const of = (pipeline_id: number) =>
      executed(world.admin.api, "deals_by_stage", { pipeline_id });
    expect((await of(pipeline.id)).row_count).toBe(5);
    expect((await of(pipeline.id + 100_000)).rows).toEqual([]);
  });

  test("as the widget shows it; a number is a value, of nothing 0", async () => {
    const { api } = world.admin;
    const [value] = await world.plain(
      `select sum(d.value) ${DEALS} and d.status = 'open' and d.currency = 'USD'`,
    );
    expect(await executed(api, "pipeline_value", {}, "number")).toEqual({
      query_id: "pipeline_value",
      widget_type: "number",
      columns: [{ name: "value", type: "number" }],
      rows: [{ value }],
      row_count: 1,
      value,
    });
    const before = { end_date: "2001-01-01" };
    expect((await executed(api, "pipeline_value", before, "number")).value).toBe(0);
    expect(await executed(api, "leads_by_status", before, "pie")).toEqual({
      query_id: "leads_by_status",
      widget_type: "pie",
      columns: [{ name: "dimension", type: "text" }, { name: "value", type: "number" }],
      rows: [],
      row_count: 0,
    });
    const { body } = await api.post("queries/leads_by_source/execute", {});
    expect(body.data.widget_type).toBe("table");
  });
});

test("the list of queries tells what each takes", async () => {
  const { api } = world.admin;
  const { body } = await api.get("queries");
  expect([body.total, body.page, body.limit, body.data.length]).toEqual([9, 1, 10, 9]);
  expect(body.data[2]).toMatchObject({
    query_id: "leads_over_time",
    source: "leads",
    parameters: [
      { name: "start_date", type: "date", required: false, default: null, options: null },
      { name: "end_date", type: "date", required: false, default: null, options: null },
      {
        name: "interval",
        type: "text",
        required: false,
        default: "day",
        options: ["day", "week", "month"],
      },
    ],
  });
  expect(
    (await api.read("queries?page=9&limit=1")).map(({ query_id }: { query_id: string }) =>
      query_id
    ),
  ).toEqual(["custom"]);
  expectLioFields(await api.get("queries?pag=1"), 400, "pag");
});

test("a Rep's queries find what a Rep sees", async () => {
  const { rep, plain } = world;
  const own = `and (l.assigned_to is null or l.assigned_to = '${rep.id}')`;
  const { rows } = await executed(rep.api, "leads_by_status");
  expect(sorted(rows.map(Object.values))).toEqual(
    sorted(
      await plain(
        `select ${label("status", "status")}, count(*) ${LEADS} ${own} group by l.status`,
      ),
    ),
  );
  expect(await found(rep.api, { source: "signals", measure: { fn: "count" } })).toEqual(
    await plain(`select count(*) from crm.intent_signals s join crm.leads l on l.id = s.lead_id
      where l.workspace_id = $1 ${own}`),
  );
  const [mine] = await found(rep.api, { source: "deals", measure: { fn: "count" } });
  const [all] = await found(world.admin.api, { source: "deals", measure: { fn: "count" } });
  expect(mine).toBeLessThan(all);
});
