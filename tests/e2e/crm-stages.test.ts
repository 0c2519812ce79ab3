import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { crmHttp, expectGone, expectRefused, ID } from "../support/crm-http.ts";
import { orderOf, stageNamed, STAGES, stagesOf } from "../support/crm-stages.ts";

test("a workspace begins with six stages, which keep their system keys", async () => {
  const { api } = await crmHttp();
  const body = await api.read(STAGES);
  const expected = [
    ["Lead", "open", 10],
    ["Qualified", "open", 25],
    ["Proposal", "open", 50],
    ["Negotiation", "open", 75],
    ["Won", "won", 100],
    ["Lost", "lost", 0],
  ].map(([name, kind, defaultProbabilityPct], sortOrder) => ({
    id: ID,
    name,
    kind,
    sortOrder,
    defaultProbabilityPct,
    colorKey: null,
    systemKey: String(name).toLowerCase(),
    leadCount: 0,
  }));
  expect(body).toEqual({ stages: expected });
  expect(Object.keys(body.stages[0])).toEqual(Object.keys(expected[0]!));
  const [lead] = body.stages;
  const path = `${STAGES}/${lead.id}`;
  expect(await api.changed(path, {})).toEqual(lead);
  expect(await api.changed(path, { ...lead, systemKey: "x", leadCount: 9 })).toEqual(lead);
  const renamed = { name: "Prospect", colorKey: "blue", defaultProbabilityPct: 12.5 };
  expect(await api.changed(path, renamed)).toEqual({ ...lead, ...renamed });
  expect(await api.changed(path, { colorKey: null, defaultProbabilityPct: null }))
    .toEqual({ ...lead, name: "Prospect", defaultProbabilityPct: null });
});

test("a stage is made last or at its place, and moves", async () => {
  const { api } = await crmHttp();
  const made = await api.made(STAGES, { name: " Review ", colorKey: null, sortOrder: null });
  expect(made).toEqual({
    id: ID,
    name: "Review",
    kind: "open",
    sortOrder: 6,
    defaultProbabilityPct: null,
    colorKey: null,
    systemKey: null,
    leadCount: 0,
  });
  await api.made(STAGES, { name: "First", sortOrder: 0, kind: "lost", defaultProbabilityPct: 0 });
  await api.made(STAGES, { name: "Far", sortOrder: 2_147_483_647 });
  expect(await orderOf(api)).toBe("First Lead Qualified Proposal Negotiation Won Lost Review Far");
  const move = (sortOrder: number) => api.changed(`${STAGES}/${made.id}`, { sortOrder });
  expect((await move(1)).sortOrder).toBe(1);
  expect((await move(9_007_199_254_740_991)).sortOrder).toBe(8);
  expect((await move(0)).sortOrder).toBe(0);
  expect(await orderOf(api)).toBe("Review First Lead Qualified Proposal Negotiation Won Lost Far");
});

test("what is wrong with a stage is told, and a name of another", async () => {
  const { api } = await crmHttp();
  const wrong = {
    name: 5,
    kind: "closed",
    sortOrder: -1,
    defaultProbabilityPct: 101,
    colorKey: "c".repeat(33),
    nam: 1,
  };
  for (
    const { status, body } of [
      await api.post(STAGES, wrong),
      await api.patch(`${STAGES}/${(await stageNamed(api, "Lead")).id}`, wrong),
    ]
  ) {
    expect(status).toBe(400);
    for (const field of Object.keys(wrong)) expect(body.error).toContain(`${field}: `);
  }
  expect((await api.post(STAGES, {})).body.error).toMatch(/^name: Is required/);
  const taken = "name: Another stage of the pipeline has this name.";
  expectRefused(await api.post(STAGES, { name: "lEAD" }), 409, taken);
  const won = await stageNamed(api, "Won");
  expectRefused(await api.patch(`${STAGES}/${won.id}`, { name: "lead" }), 409, taken);
  expect((await api.changed(`${STAGES}/${won.id}`, { name: "WON" })).name).toBe("WON");
  const nulls = { name: null, kind: null, sortOrder: null };
  const { status, body } = await api.patch(`${STAGES}/${won.id}`, nulls);
  expect(status).toBe(400);
  for (const field of Object.keys(nulls)) expect(body.error).toContain(`${field}: `);
  const none = randomUUID();
  expectRefused(await api.patch(`${STAGES}/${none}`, {}), 404, `No stage with id ${none}.`);
  expectRefused(await api.delete(`${STAGES}/${none}`), 404, `No stage with id ${none}.`);
});

test("a stage with leads of any API goes when it is said where they go", async () => {
  const { api, native, leadhub } = await crmHttp();
  const [lead, qualified, , , won] = await stagesOf(api);
  const deal = await api.made("leads", { title: "D", stage: "qualified" });
  const { body: { data: other } } = await native.post("v1-public-deals", {
    title: "N",
    stage: "Qualified",
  });
  const [pipeline] = await leadhub.listed("pipelines");
  const person = await leadhub.made("leads", {
    first_name: "Ada",
    pipeline_stage_id: pipeline.stages[1].id,
  });
  expect((await stageNamed(api, "Qualified")).leadCount).toBe(2);
  const path = `${STAGES}/${qualified.id}`;
  const full =
    "moveToStageId: 1 lead and 2 deals are at the stage: say which other one they go to.";
  expectRefused(await api.delete(path), 409, full);
  const remove = (body: object) => api.send("DELETE", path, { body });
  expectRefused(await remove({}), 409, full);
  expectRefused(await remove({ moveToStageId: null }), 409, full);
  await leadhub.made("pipelines", { name: "R", stages: [{ name: "Due" }] });
  const { body } = await native.get("v1-public-pipelines");
  const elsewhere = body.data.items.find((one: Json) => one.name === "R").stages[0].id;
  for (const moveToStageId of [qualified.id, randomUUID(), elsewhere]) {
    expectRefused(
      await remove({ moveToStageId }),
      400,
      "moveToStageId: Must be another stage of the pipeline.",
    );
  }
  expect((await remove({ moveToStageId: "won", x: 1 })).body.error).toMatch(/moveToStageId.*x: /);
  expectGone(await remove({ moveToStageId: won.id }));
  expectRefused(await api.delete(path), 404, `No stage with id ${qualified.id}.`);
  expect(await api.read(`leads/${deal.id}`))
    .toMatchObject({ stage: "Won", status: "won", stageKind: "won" });
  expect(await api.read(`leads/${other.id}`)).toMatchObject({ stageId: won.id, status: "won" });
  expect((await leadhub.get(`leads/${person.id}`)).body.data.status).toBe("won");
  expect(await orderOf(api)).toBe("Lead Proposal Negotiation Won Lost");
  expect(lead.leadCount).toBe(0);
  expectGone(await api.delete(`${STAGES}/${lead.id}`));
});

test("another kind sets the status of the leads there", async () => {
  const { api } = await crmHttp();
  const deal = await api.made("leads", { title: "D", stage: "Proposal" });
  const path = `${STAGES}/${deal.stageId}`;
  await api.changed(path, { kind: "lost", name: "Dead" });
  const lost = await api.read(`leads/${deal.id}`);
  expect(lost).toMatchObject({ stage: "Dead", stageKind: "lost", status: "lost" });
  expect(lost.closedAt).not.toBeNull();
  await api.changed(path, { kind: "open" });
  expect(await api.read(`leads/${deal.id}`)).toMatchObject({ status: "open", closedAt: null });
});
