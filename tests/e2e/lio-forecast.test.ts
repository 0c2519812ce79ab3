import { expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { expectLioError, expectLioFields, type LioClient, TIME } from "../support/lio.ts";
import { dayFromNow, dealWorld } from "../support/lio-deals.ts";
import { leadOf } from "../support/lio-leads.ts";
import { asOwner } from "../support/workspace.ts";

/** Moves what a deal knows of its past into that, in days. */
async function age(deal: Json, days: number): Promise<void> {
  await asOwner(
    `with moved as (
       update crm.deal_snapshots s set computed_at = computed_at - make_interval(days => $2)
       from crm.deals d where d.number = $1 and s.deal_id = d.id and s.workspace_id = d.workspace_id
     )
     update crm.deals set stage_changed_at = stage_changed_at - make_interval(days => $2) where number = $1`,
    [deal.id, days],
  );
}

const history = async (api: LioClient, { id }: Json): Promise<Json[]> =>
  await api.read(`forecast/deal/${id}/history`);

test("a forecast tells its factors, its risk and its trend", async () => {
  const { admin: { api }, deal, stage } = await dealWorld();
  const made = await deal({ value: 500, expected_close_date: dayFromNow(-20) });
  const path = `forecast/deal/${made.id}`;
  expect(await api.read(path)).toEqual({
    deal_id: made.id,
    title: "Licence",
    value: 500,
    probability: 0.2,
    weighted_value: 100,
    expected_close_date: dayFromNow(-20),
    factors: [
      { factor: "base", value: 0.25, detail: "Stage Qualified" },
      { factor: "history", value: 1, detail: "No closed deals yet" },
      { factor: "age", value: 1, detail: "0 of 30 days" },
      { factor: "overdue", value: 0.8, detail: "20 days" },
    ],
    risk_score: 40,
    risk_level: "at_risk",
    reasons: [{ code: "overdue", points: 40, message: "20 days past its close date" }],
    trend: { direction: "flat", change: 0, since: TIME },
    computed_at: TIME,
  });
  await age(made, 40);
  expect(await api.read(path)).toMatchObject({
    probability: 0.16,
    risk_score: 70,
    risk_level: "critical",
    trend: { direction: "down", change: -0.04 },
  });
  await api.done(`lead/deal/update/${made.id}`, { stage_id: stage("Won") });
  expect(await api.read(path)).toMatchObject({
    probability: 1,
    weighted_value: 500,
    risk_score: 0,
    risk_level: "none",
    reasons: [],
    trend: { direction: "up", change: 0.8 },
  });
  // Of two that were at the stage one was won by now.
  const next = await deal();
  expect((await api.read(`forecast/deal/${next.id}`)).probability).toBe(0.3182);
  expectLioError(await api.get("forecast/deal/99"), 404, "not_found");
});

test("each change of value, stage and close date leaves one snapshot, whatever else it changes", async () => {
  const { workspace, admin: { api }, deal, stage, pipeline } = await dealWorld();
  const made = await deal();
  const update = (more: object) => api.done(`lead/deal/update/${made.id}`, more);
  await update({ title: "Other" });
  await update({ value: 2000 });
  await update({ value: 2000 });
  await update({ expected_close_date: dayFromNow(40) });
  await update({ value: 10, stage_id: stage("Proposal"), expected_close_date: dayFromNow(50) });
  await update({ value: 20, expected_close_date: dayFromNow(60) });
  // Through another API.
  const [{ id }] = await asOwner<{ id: string }>("select id from crm.deals where number = $1", [
    made.id,
  ]) as [{ id: string }];
  await workspace.api.patch(`v1-public-deals?id=${id}`, { stage: "Won" });
  const all = await history(api, made);
  expect(all.map(({ reason, probability, value }) => [reason, probability, value])).toEqual([
    ["stage_changed", 1, 20],
    ["value_changed", 0.5, 20],
    ["stage_changed", 0.5, 10],
    ["close_date_changed", 0.25, 2000],
    ["value_changed", 0.25, 2000],
    ["created", 0.25, 1000.1],
  ]);
  expect(all[5]).toEqual({
    id: expect.any(Number),
    deal_id: made.id,
    reason: "created",
    stage_id: stage("Qualified"),
    stage_name: "Qualified",
    probability: 0.25,
    value: 1000.1,
    weighted_value: 250.03,
    expected_close_date: dayFromNow(30),
    computed_at: TIME,
  });
  const page = await api.get(`forecast/deal/${made.id}/history?limit=2&page=2`);
  expect(page.body).toMatchObject({ total: 6, page: 2, limit: 2 });
  expect(page.body.data).toEqual(all.slice(2, 4));
  // Renaming a stage is no change of its deals.
  const [first, ...others] = pipeline.stages;
  await api.put(`pipelines/update/${pipeline.id}`, {
    stages: [first, { ...others[0], name: "Fit" }, ...others.slice(1)],
  });
  expect(await history(api, made)).toHaveLength(6);
  expectLioFields(
    await api.get(`forecast/deal/${made.id}/history?limit=366&a=1`),
    400,
    "limit",
    "a",
  );
  expectLioError(await api.get("forecast/deal/99/history"), 404, "not_found");
});

test("the snapshot of a deal that is opened again does not count that as closed", async () => {
  const { admin: { api }, deal, stage } = await dealWorld();
  const made = await deal();
  for (const name of ["Won", "Lead", "Lost", "Qualified"]) {
    await api.done(`lead/deal/update/${made.id}`, { stage_id: stage(name) });
    const [{ probability }] = await history(api, made) as [Json];
    expect(probability).toBe((await api.read(`forecast/deal/${made.id}`)).probability);
  }
});

test("deals at risk come in the order of their risk, then of their value", async () => {
  const { admin: { api, number }, user, deal, pipeline } = await dealWorld();
  const rep = await user("rep");
  const overdue = { expected_close_date: dayFromNow(-1) };
  const [late, later, stuck] = [
    await deal({ ...overdue, value: 10 }),
    await deal({ ...overdue, value: 20, assigned_to: rep.number }),
    await deal({ value: 1000 }),
  ];
  const fallen = await deal({ value: 1000 });
  await deal({ value: 9999 });
  await age(stuck, 31);
  await api.done(`lead/deal/update/${fallen.id}`, { value: 800 });
  await api.done(`lead/deal/update/${fallen.id}`, { expected_close_date: dayFromNow(31) });
  await api.done(`lead/deal/update/${fallen.id}`, { expected_close_date: dayFromNow(32) });
  const risks = async (query: string, as = api) =>
    (await as.read(`forecast/at-risk?${query}`)).map(({ deal_id }: Json) => deal_id);
  expect(await risks("")).toEqual([later.id, late.id, fallen.id, stuck.id]);
  expect((await api.read("forecast/at-risk?limit=1&page=3"))[0]).toMatchObject({
    deal_id: fallen.id,
    pipeline_id: pipeline.id,
    stage_name: "Qualified",
    assigned_to: number,
    days_overdue: 0,
    days_in_stage: 0,
    risk_score: 35,
    risk_level: "at_risk",
    reasons: [{ code: "slipping", points: 20 }, { code: "value_dropped", points: 15 }],
  });
  expect(await risks("status=watch")).toEqual([]);
  expect(await risks(`owner=me&pipeline_id=${pipeline.id}&status=at_risk`))
    .toEqual([late.id, fallen.id, stuck.id]);
  expect(await risks("owner=me", rep.api)).toEqual([later.id]);
  expectLioFields(await api.get("forecast/at-risk?status=none&owner=x"), 400, "status", "owner");
});

test("a Rep's forecast is of the deals that they see", async () => {
  const { admin, user, deal } = await dealWorld();
  const rep = await user("rep");
  const foreign = await leadOf(admin.api, { assigned_to: admin.number });
  const [own, hidden] = [
    await deal({ assigned_to: rep.number }),
    await deal({ lead_id: foreign.id, assigned_to: admin.number }),
  ];
  expect(
    (await rep.api.read("forecast/pipeline")).totals.deal_count +
      (await rep.api.read("forecast/pipeline")).beyond.deal_count,
  ).toBe(1);
  expect((await rep.api.get(`forecast/deal/${own.id}`)).status).toBe(200);
  for (const path of [`forecast/deal/${hidden.id}`, `forecast/deal/${hidden.id}/history`]) {
    expectLioError(await rep.api.get(path), 404, "not_found");
  }
});
