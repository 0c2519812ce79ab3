import { describe, expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { expectLioError, expectLioFields, lioWorld } from "../support/lio.ts";
import { dealWorld } from "../support/lio-deals.ts";

const named = (stages: Json[]) => stages.map(({ name }) => name);
const chances = (stages: Json[]) => stages.map(({ probability }) => probability);

test("a workspace begins with a pipeline; one without stages gets those of the decisions", async () => {
  const { admin: { api } } = await lioWorld();
  const [first] = await api.read("pipelines/list");
  expect(first).toMatchObject({
    name: "Sales pipeline",
    state_id: 1,
    is_default: true,
    deal_count: 0,
    total_value: 0,
    max_deal_limit: null,
  });
  expect(chances(first.stages)).toEqual([0.1, 0.25, 0.5, 0.75, 1, 0]);
  const made = await api.made("pipelines/add", { name: "Partners", region: "EMEA" });
  expect(named(made.stages)).toEqual([
    "New",
    "Qualified",
    "Proposal",
    "Negotiation",
    "Won",
    "Lost",
  ]);
  expect(chances(made.stages)).toEqual([0.1, 0.25, 0.5, 0.75, 1, 0]);
  expect(made.stages[4]).toMatchObject({
    pipeline_id: made.id,
    color: "#64748B",
    position: 5,
    is_won: true,
    is_lost: false,
    max_days_in_stage: null,
    is_protected: true,
  });
  const stages = await api.get(`pipelines/stages/${made.id}`);
  expect(stages.body).toMatchObject({ data: made.stages, total: 6, page: 1, limit: 6 });
});

test("stages are put in order and completed, and get their share of a probability", async () => {
  const { admin: { api } } = await lioWorld();
  const { stages } = await api.made("pipelines/add", {
    name: "Own",
    stages: [
      { name: "Gone", is_lost: true, color: "#FF0000" },
      { name: "Second", position: 3, max_days_in_stage: 7 },
      { name: "First", position: 2, probability: 0.123456 },
    ],
  });
  expect(named(stages)).toEqual(["Gone", "First", "Second", "Won"]);
  expect(chances(stages)).toEqual([0, 0.123456, 0.6667, 1]);
  expect(stages[2]).toMatchObject({ position: 3, max_days_in_stage: 7 });
});

test("what is wrong with a pipeline is told by field", async () => {
  const { admin: { api } } = await lioWorld();
  const add = (body: object) => api.post("pipelines/add", body);
  expectLioFields(
    await add({ name: "x", max_deal_limit: 0, state_id: 2, deal_count: 1, stages: [] }),
    422,
    ..."name max_deal_limit state_id stages deal_count".split(" "),
  );
  const stages = [
    { name: "A", is_won: true, is_lost: true },
    { name: "a", is_won: true, probability: 0.9 },
    { color: "red", position: 0, max_days_in_stage: 0, probability: 1.1 },
    { id: 3, name: "B" },
  ];
  expectLioFields(
    await add({ name: "Wrong", stages }),
    422,
    "stages[0].is_lost",
    "stages[1].probability",
    ...["name", "color", "position", "probability", "max_days_in_stage"].map((field) =>
      `stages[2].${field}`
    ),
    "stages[3].id",
  );
  expectLioFields(
    await add({ name: "Wrong", stages: [{ name: "W", is_won: true }] }),
    422,
    "stages",
  );
  expectLioFields(await add({ name: "Wrong", stages: [{ name: "won" }] }), 422, "stages");
  const { id } = await api.made("pipelines/add", { name: "Taken" });
  const twice = await add({ name: "TAKEN" });
  expectLioError(twice, 409, "conflict", "duplicate");
  expect(twice.body.error.existing_id).toBe(id);
  const race = await Promise.all(Array.from({ length: 5 }, () => add({ name: "Race" })));
  expect(race.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
});

describe("a change of all stages", () => {
  test("changes, adds, removes and swaps them", async () => {
    const { admin: { api } } = await lioWorld();
    const made = await api.made("pipelines/add", { name: "Own" });
    const [first, second, third, , won, lost] = made.stages;
    const path = `pipelines/update/${made.id}`;
    const { body } = await api.put(path, {
      stages: [
        { id: second.id, name: "New" },
        { name: "Between", max_days_in_stage: 3 },
        { ...first, name: "Qualified", position: 3 },
        { id: third.id, probability: 0.9 },
        won,
        lost,
      ],
    });
    expect(named(body.data.stages))
      .toEqual(["New", "Between", "Qualified", "Proposal", "Won", "Lost"]);
    expect(chances(body.data.stages)).toEqual([0.25, 0.4, 0.1, 0.9, 1, 0]);
    expect(body.data.stages[0].id).toBe(second.id);
    // As it was read.
    const again = await api.put(path, body.data);
    expect(again.body.data).toEqual({ ...body.data, updated_at: expect.anything() });
  });

  test("leaves won and lost ones alone, and those with deals or leads", async () => {
    const { admin: { api }, pipeline, deal, lead } = await dealWorld();
    await deal();
    expect(lead.id).toBeGreaterThan(0);
    const update = (stages: Json[]) => api.put(`pipelines/update/${pipeline.id}`, { stages });
    const all: Json[] = pipeline.stages;
    const without = (name: string) => all.filter((stage) => stage.name !== name);
    const changes: object[] = [{ name: "X" }, { color: "#000000" }, { max_days_in_stage: 1 }];
    changes.push({ is_won: false }, { probability: 0.5 }, { is_lost: true });
    const refused = [
      ...["Won", "Lost"].map(without),
      ...changes.map((change) =>
        all.map((one) => one.name === "Won" ? { id: one.id, ...change } : one)
      ),
      all.map((one) => one.name === "Lost" ? { id: one.id, is_won: true } : one),
    ];
    for (const stages of refused) {
      expectLioError(await update(stages), 409, "conflict", "protected_stage");
    }
    expectLioError(await update(without("Qualified")), 409, "conflict", "in_use");
    expectLioError(await update(without("Lead")), 409, "conflict", "in_use");
    expectLioFields(
      await update([{ id: 1, name: "A" }, all[0], all[0]]),
      422,
      "stages[0].id",
      "stages[2].id",
    );
    expectLioFields(
      await update(all.filter(({ is_won, is_lost }) => is_won || is_lost)),
      422,
      "stages",
    );
    expectLioFields(await update([...all, { name: "lead" }]), 422, "stages[6].name");
    expect((await api.read("pipelines/list"))[0].stages).toEqual(all);
  });
});

test("pipelines are deleted all or none, and never the default one or one in use", async () => {
  const { admin: { api }, pipeline, deal } = await dealWorld();
  const [empty, used] = [
    await api.made("pipelines/add", { name: "Empty" }),
    await api.made("pipelines/add", { name: "Used" }),
  ];
  await deal({ pipeline_id: used.id, stage_id: used.stages[0].id });
  const remove = (...ids: number[]) => api.send("DELETE", "pipelines/delete", { body: { ids } });
  expectLioError(await remove(empty.id, pipeline.id), 409, "conflict", "default_pipeline");
  expectLioError(await remove(empty.id, used.id), 409, "conflict", "in_use");
  expect((await remove(empty.id, empty.id, 5)).body.data).toEqual({ deleted: 1, not_found: [5] });
  expectLioError(await remove(empty.id), 404, "not_found");
  expectLioError(await api.get(`pipelines/stages/${empty.id}`), 404, "not_found");
  expect((await api.get("pipelines/list")).body.total).toBe(2);
});

test("a list has filters, words and an order; a Rep reads it, and writes none", async () => {
  const { admin: { api }, user } = await lioWorld();
  const off = await api.made("pipelines/add", { name: "Alpha", state_id: 0 });
  const ids = async (query: string) =>
    (await api.read(`pipelines/list?${query}`)).map(({ id }: Json) => id);
  expect(await ids("state_id=0")).toEqual([off.id]);
  expect(await ids("search_value=alp")).toEqual([off.id]);
  expect((await ids("order_by=name&order_in=asc"))[0]).toBe(off.id);
  const rep = (await user("rep")).api;
  expect((await rep.get("pipelines/list")).body.total).toBe(2);
  for (
    const refused of [
      await rep.post("pipelines/add", { name: "Mine" }),
      await rep.put(`pipelines/update/${off.id}`, { name: "Mine" }),
      await rep.send("DELETE", "pipelines/delete", { body: { ids: [off.id] } }),
    ]
  ) expectLioError(refused, 403, "permission_error", "role");
});
