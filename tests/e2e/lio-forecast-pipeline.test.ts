import { expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { expectLioFields } from "../support/lio.ts";
import { dealWorld } from "../support/lio-deals.ts";
import { asOwner } from "../support/workspace.ts";

/** The month that is so many from now, in UTC. */
function month(from: number): string {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + from, 1)).toISOString()
    .slice(0, 7);
}

test("a pipeline is forecast by month, and its contributors sum up to that", async () => {
  const { admin: { api }, deal, stage, pipeline } = await dealWorld();
  await deal({ value: 50, expected_close_date: `${month(-1)}-01` });
  await deal({ value: 100.1, stage_id: stage("Proposal"), expected_close_date: `${month(0)}-28` });
  await deal({
    value: 200.2,
    stage_id: stage("Negotiation"),
    expected_close_date: `${month(1)}-05`,
  });
  await deal({ value: 7, expected_close_date: `${month(30)}-01` });
  await deal({ value: 9, currency: "EUR", expected_close_date: `${month(0)}-28` });
  await deal({ value: 1000, stage_id: stage("Won"), expected_close_date: `${month(-2)}-28` });
  const forecast = await api.read(`forecast/pipeline?pipeline_id=${pipeline.id}&months=3`);
  expect(forecast).toMatchObject({ period: "monthly", pipeline_id: pipeline.id, currency: "USD" });
  expect(forecast.periods.map(({ period }: Json) => period)).toEqual([0, 1, 2].map(month));
  const [first, second, third] = forecast.periods;
  expect(first).toMatchObject({
    start_date: `${month(0)}-01`,
    deal_count: 2,
    total_value: 150.1,
    best_case: 150.1,
    commit: 0,
    won_value: 1000,
    overdue_value: 50,
  });
  expect(second).toMatchObject({
    deal_count: 1,
    total_value: 200.2,
    won_value: 0,
    overdue_value: 0,
  });
  expect(third).toMatchObject({ deal_count: 0, total_value: 0, weighted_value: 0 });
  for (
    const name of [
      "deal_count",
      "total_value",
      "weighted_value",
      "commit",
      "won_value",
      "overdue_value",
    ]
  ) {
    const sum = forecast.periods.reduce((all: number, one: Json) => all + one[name] * 100, 0);
    expect(forecast.totals[name] * 100).toBeCloseTo(sum, 6);
  }
  expect(forecast.beyond).toMatchObject({ deal_count: 1, total_value: 7 });
  expect(forecast.other_currencies)
    .toEqual([{
      currency: "EUR",
      deal_count: 1,
      total_value: 9,
      weighted_value: expect.any(Number),
    }]);
  for (const [at, period] of [first, second].entries()) {
    const { body } = await api.get(
      `forecast/pipeline/contributors?pipeline_id=${pipeline.id}&period_month=${month(at)}`,
    );
    expect(body).toMatchObject({
      total: period.deal_count,
      summary: { total_value: period.total_value, weighted_value: period.weighted_value },
    });
    expect(body.data.reduce((all: number, one: Json) => all + one.share, 0)).toBeCloseTo(1, 3);
    expect(body.data.map((one: Json) => one.weighted_value))
      .toEqual(
        body.data.map((one: Json) => one.weighted_value).sort((a: number, b: number) => b - a),
      );
  }
  const quarters = await api.read("forecast/pipeline?period=quarterly&months=4");
  expect(quarters.periods.map(({ period }: Json) => period))
    .toEqual([expect.stringMatching(/^\d{4}-Q[1-4]$/), expect.stringMatching(/^\d{4}-Q[1-4]$/)]);
  expect(quarters.pipeline_id).toBeNull();
  const wrong = await api.get("forecast/pipeline?period=weekly&months=25&pipeline_id=a&page=1");
  expectLioFields(wrong, 400, "period", "months", "pipeline_id", "page");
  const none = await api.get("forecast/pipeline/contributors?period_month=2026-13");
  expectLioFields(none, 400, "pipeline_id", "period_month");
});

test("the last of months and the longest of stages are forecast", async () => {
  const { admin: { api }, deal, pipeline } = await dealWorld();
  const stages = pipeline.stages.map((one: Json) =>
    one.is_protected ? one : { ...one, max_days_in_stage: 2 ** 31 - 1 }
  );
  expect((await api.put(`pipelines/update/${pipeline.id}`, { stages })).status).toBe(200);
  const { id } = await deal({ expected_close_date: "9999-12-31" });
  expect((await api.read("forecast/pipeline")).beyond.deal_count).toBe(1);
  expect(await api.read("forecast/at-risk")).toEqual([]);
  expect((await api.read(`forecast/deal/${id}`)).probability).toBe(0.25);
  const query = `pipeline_id=${pipeline.id}&period_month=9999-12`;
  const last = await api.read(`forecast/pipeline/contributors?${query}`);
  expect(last).toMatchObject([{ deal_id: id, expected_close_date: "9999-12-31" }]);
});

test("accuracy compares what was won with what was forecast 30 days before, else first", async () => {
  const { workspace, admin: { api }, deal, stage } = await dealWorld();
  const [won, lost, late] = [
    await deal(),
    await deal({ value: 400 }),
    await deal({ value: 10, stage_id: stage("Proposal") }),
  ];
  const past = (days: number) =>
    asOwner(
      `update crm.deal_snapshots set computed_at = computed_at - make_interval(days => $2) where workspace_id = $1`,
      [workspace.id, days],
    );
  await past(20);
  await api.done(`lead/deal/update/${late.id}`, { stage_id: stage("Negotiation") });
  await past(31);
  await api.done(`lead/deal/update/${won.id}`, { stage_id: stage("Won") });
  await api.done(`lead/deal/update/${lost.id}`, { stage_id: stage("Lost") });
  // Closed as it was made: nothing was forecast of it.
  await deal({ value: 5000, stage_id: stage("Won") });
  const { months, overall } = await api.read("forecast/accuracy?months=2");
  const figures = {
    deals: 2,
    won: 1,
    lost: 1,
    predicted: 350.03,
    actual: 1000.1,
    error: -650.07,
    accuracy: 0.35,
  };
  expect(months).toEqual([
    {
      month: month(-1),
      deals: 0,
      won: 0,
      lost: 0,
      predicted: 0,
      actual: 0,
      error: 0,
      accuracy: null,
    },
    { month: month(0), ...figures },
  ]);
  expect(overall).toEqual({ ...figures, brier: 0.3125 });
  // Of the snapshots of 51 and of 31 days ago the later counts.
  await api.done(`lead/deal/update/${late.id}`, { stage_id: stage("Won") });
  expect((await api.read("forecast/accuracy?months=1")).overall)
    .toMatchObject({ deals: 3, predicted: 357.53, actual: 1010.1 });
  const file = await api.get("forecast/accuracy?months=2&format=csv");
  expect(file.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(file.headers.get("content-disposition")).toMatch(/^attachment; filename="[\w-]+\.csv"$/);
  expect(file.text.split(/\r?\n/)).toEqual([
    "month,deals,won,lost,predicted,actual,error,accuracy",
    `${month(-1)},0,0,0,0.00,0.00,0.00,`,
    `${month(0)},3,2,1,357.53,1010.10,-652.57,0.3540`,
    "",
  ]);
  expectLioFields(await api.get("forecast/accuracy?format=xml&months=0"), 400, "months", "format");
});
