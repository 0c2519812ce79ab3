import { expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { crmHttp, expectRefused, ID } from "../support/crm-http.ts";
import { asOwner } from "../support/workspace.ts";

const today = () => new Date().toISOString().slice(0, 10);

test("an empty workspace has an empty dashboard, of the current month", async () => {
  const { api } = await crmHttp();
  const body = await api.read("dashboard");
  const now = new Date();
  const month = (add: number, day: number) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + add, day)).toISOString().slice(
      0,
      10,
    );
  const funnel = [
    ["Lead", "open"],
    ["Qualified", "open"],
    ["Proposal", "open"],
    ["Negotiation", "open"],
    ["Won", "won"],
    ["Lost", "lost"],
  ].map(([name, kind], sortOrder) => ({
    stageId: ID,
    name,
    kind,
    sortOrder,
    count: 0,
    values: [],
    reached: 0,
    conversionPct: null,
  }));
  const none = { count: 0, values: [] };
  const expected = {
    period: { from: month(0, 1), to: month(1, 0) },
    open: none,
    won: none,
    lost: none,
    funnel,
    tasks: { open: 0, overdue: 0 },
    recentActivities: [],
  };
  expect(body).toEqual(expected);
  expect(Object.keys(body)).toEqual(Object.keys(expected));
});

test("the dashboard of the reference comes out as it stands there", async () => {
  const { api } = await crmHttp();
  for (const [value, stage] of [[1000, "lead"], [500, "lead"], [1000, "won"]]) {
    await api.made("leads", { title: "D", value, stage });
  }
  await api.made("activities", { type: "task", subject: "S" });
  const { funnel, ...body } = await api.read("dashboard");
  expect(body).toMatchObject({
    open: { count: 2, values: [{ currency: "USD", value: 1500, weightedValue: 150 }] },
    won: { count: 1, values: [{ currency: "USD", value: 1000 }] },
    lost: { count: 0, values: [] },
    tasks: { open: 1, overdue: 0 },
  });
  const { stageId } = funnel[0];
  expect(funnel[0]).toEqual({
    stageId,
    name: "Lead",
    kind: "open",
    sortOrder: 0,
    count: 2,
    values: [{ currency: "USD", value: 1500 }],
    reached: 3,
    conversionPct: 33.3,
  });
  expect(funnel.map(({ reached, conversionPct }: Json) => [reached, conversionPct]))
    .toEqual([[3, 33.3], [1, 100], [1, 100], [1, 100], [1, null], [0, null]]);
});

test("sums are of each currency, exact to the cent, and follow a stage's probability", async () => {
  const { api, native } = await crmHttp();
  const rows = [
    { raw: '{"title":"D","value":90071992547409.93,"currency":"EUR","probabilityPct":33.3}' },
    { raw: '{"title":"D","value":90071992547409.93,"currency":"EUR","probabilityPct":0.1}' },
    { raw: '{"title":"D","value":12345678901234567.89,"currency":"USD"}' },
    { value: 0.05, currency: "CHF", probabilityPct: 10 },
    { value: 0, currency: "JPY" },
    { currency: "GBP" },
    { value: 10, currency: "USD", stage: "proposal" },
  ];
  for (const { raw, ...row } of rows as { raw?: string }[]) {
    const body = raw ?? JSON.stringify({ title: "D", ...row });
    const { status, text } = await api.send("POST", "leads", { raw: body });
    expect(status, text).toBe(201);
  }
  const open = async () => /"open":(\{.*?\]\})/.exec((await api.get("dashboard")).text)![1];
  const sums = (usd: string) =>
    `{"count":7,"values":[` +
    `{"currency":"CHF","value":0.05,"weightedValue":0.01},` +
    `{"currency":"EUR","value":180143985094819.86,"weightedValue":30084045510834.92},` +
    `{"currency":"JPY","value":0,"weightedValue":0},` +
    `{"currency":"USD","value":12345678901234577.89,"weightedValue":${usd}}]}`;
  expect(await open()).toBe(sums("1234567890123461.79"));
  const [lead, , proposal] = await api.listed("pipeline-stages", "stages");
  await api.changed(`pipeline-stages/${lead.id}`, { defaultProbabilityPct: 100 });
  await api.changed(`pipeline-stages/${proposal.id}`, { defaultProbabilityPct: null });
  expect(await open()).toBe(sums("12345678901234567.89"));
  // A text that is no stage has no probability.
  await native.post("v1-public-deals", {
    title: "D",
    value: 5,
    currency: "NOK",
    stage: "Elsewhere",
  });
  expect(await open()).toContain('{"currency":"NOK","value":5,"weightedValue":0}');
});

test("won and lost leads count in the days in which they closed, both included", async () => {
  const { api, id: workspace } = await crmHttp();
  const closed = async (stage: string, at: string, value: number) => {
    const { id } = await api.made("leads", { title: "D", value, stage });
    await asOwner("update crm.deals set closed_at = $3 where workspace_id = $1 and id = $2", [
      workspace,
      id,
      at,
    ]);
  };
  await closed("won", "2026-01-31T23:59:59.999999Z", 1);
  await closed("won", "2026-02-01T00:00:00Z", 2);
  await closed("won", "2026-03-02T01:00:00+02:00", 4);
  await closed("lost", "2026-02-10T12:00:00Z", 8);
  await closed("won", "2026-03-02T00:00:00Z", 16);
  const of = async (query: string) => {
    const { won, lost, open, period } = await api.read(`dashboard?${query}`);
    expect(open.count).toBe(0);
    return [period, won.count, won.values[0]?.value, lost.count, lost.values[0]?.value];
  };
  const period = (from: string, to: string) => ({ from, to });
  expect(await of("from=2026-02-01&to=2026-03-01"))
    .toEqual([period("2026-02-01", "2026-03-01"), 2, 6, 1, 8]);
  expect(await of("from=2026-01-31&to=2026-01-31"))
    .toEqual([period("2026-01-31", "2026-01-31"), 1, 1, 0, undefined]);
  expect((await of("from=2026-02-01"))[1]).toBe(3);
  const far = await of("from=0001-01-01&to=9999-12-31");
  expect(far).toEqual([period("0001-01-01", "9999-12-31"), 4, 23, 1, 8]);
  const [{ from }] = await of("");
  expectRefused(await api.get("dashboard?to=2026-01-01"), 400, `to: Must not be before ${from}.`);
  expectRefused(
    await api.get("dashboard?from=2026-02-02&to=2026-02-01"),
    400,
    "to: Must not be before 2026-02-02.",
  );
  const { status, body } = await api.get("dashboard?from=2026-02-30&to=today&page=1");
  expect(status).toBe(400);
  for (const field of ["from", "to", "page"]) expect(body.error).toContain(`${field}: `);
});

test("tasks and the ten newest activities are told", async () => {
  const { api, native } = await crmHttp();
  const task = (fields: object) => native.post("v1-public-tasks", { title: "T", ...fields });
  await task({});
  await task({ due_date: "2026-01-01" });
  await task({ due_date: "2026-01-01", status: "waiting" });
  await task({ due_date: "2026-01-01", status: "DONE" });
  await task({ due_date: today() });
  expect((await api.read("dashboard")).tasks).toEqual({ open: 4, overdue: 2 });
  for (let i = 0; i < 12; i++) {
    const occurredAt = `2026-02-${String(28 - i).padStart(2, "0")}T00:00:00Z`;
    await api.made("activities", { type: "call", subject: `S ${i}`, occurredAt });
  }
  const { recentActivities } = await api.read("dashboard");
  expect(recentActivities).toEqual((await api.listed("activities")).slice(0, 10));
});
