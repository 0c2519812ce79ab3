import { expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import {
  expectInvalid,
  expectMissing,
  leadHub,
  type LeadHubWorld,
  record,
} from "../support/leadhub.ts";
import { listed, makePipeline, TIME } from "../support/leadhub-records.ts";

const PIPELINES = "pipelines";

async function defaultOf({ api: leadhub }: LeadHubWorld): Promise<Json> {
  return (await leadhub.get(PIPELINES)).body.data.find((one: Json) => one.is_default);
}

test("a workspace begins with the sales pipeline, its stages in order", async () => {
  const workspace = await leadHub();
  const { body } = await workspace.api.get(PIPELINES);
  expect(body.meta).toEqual({
    current_page: 1,
    last_page: 1,
    per_page: 15,
    total: 1,
    from: 1,
    to: 1,
  });
  const [pipeline] = body.data;
  const stages = [
    ["Lead", "open", 10],
    ["Qualified", "open", 25],
    ["Proposal", "open", 50],
    ["Negotiation", "open", 75],
    ["Won", "won", 100],
    ["Lost", "lost", 0],
  ].map(([name, outcome, probability], at) => ({
    id: expect.any(Number),
    pipeline_id: pipeline.id,
    name,
    position: at + 1,
    outcome,
    probability,
    color: null,
    leads_count: 0,
    created_at: TIME,
    updated_at: TIME,
  }));
  expect(pipeline).toEqual({
    id: expect.any(Number),
    name: "Sales pipeline",
    is_default: true,
    leads_count: 0,
    stages,
    created_at: TIME,
    updated_at: TIME,
  });
  const path = `${PIPELINES}/${pipeline.id}/stages`;
  expect((await workspace.api.get(path)).body.data).toEqual(pipeline.stages);
});

test("a pipeline is made with its stages in the order given, which other APIs see", async () => {
  const workspace = await leadHub();
  const stages = [
    { name: " Z ", color: "red", probability: 12.5 },
    { name: "A", outcome: "lost", color: null, probability: null, outcom: undefined },
  ];
  const made = await makePipeline(workspace, { name: "Renewals", stages });
  expect(made).toMatchObject({ name: "Renewals", is_default: false, leads_count: 0 });
  expect(made.stages).toMatchObject([
    { name: "Z", position: 1, outcome: "open", color: "red", probability: 12.5 },
    { name: "A", position: 2, outcome: "lost", color: null, probability: null },
  ]);
  expect(record(await workspace.api.get(`${PIPELINES}/${made.id}`))).toEqual(made);
  const native =
    (await workspace.native.get("v1-public-pipelines?search=Renewals")).body.data.items;
  expect(native[0].stages.map(({ name }: Json) => name)).toEqual(["Z", "A"]);
  const bare = await makePipeline(workspace, { name: "Bare", stages: null, is_default: null });
  expect(bare).toMatchObject({ is_default: false, stages: [] });
});

test("a pipeline is sent back as it was read, to change and to copy it", async () => {
  const workspace = await leadHub();
  const made = await makePipeline(workspace, {});
  const backwards = { ...made, stages: made.stages.toReversed(), leads_count: 5 };
  const one = `${PIPELINES}/${made.id}`;
  expect(record(await workspace.api.put(one, backwards))).toEqual(made);
  expect(record(await workspace.api.patch(one, { stages: [] }))).toEqual(made);
  const copy = record(await workspace.api.post(PIPELINES, backwards), 201);
  expect(copy.stages).toMatchObject([
    { name: "B", position: 1, outcome: "won", pipeline_id: copy.id },
    { name: "A", position: 2, outcome: "open", pipeline_id: copy.id },
  ]);
  expect(copy.id).not.toBe(made.id);
});

test("each mistake is told at once, in stages by their place", async () => {
  const { api: leadhub } = await leadHub();
  const stages = [
    { name: "A" },
    { name: " a " },
    { nme: "q", outcome: "x", probability: 101, color: 5 },
    3,
    { name: null, probability: -1, outcome: null },
  ];
  expectInvalid(await leadhub.post(PIPELINES, { name: "", is_default: "yes", stages }), {
    name: ["Must not be empty."],
    is_default: ["Must be a boolean; it is a string."],
    "stages.1.name": ["Must be another name than those of the stages before."],
    "stages.2.name": ["The stages.2.name field is required."],
    "stages.2.nme": ["Unknown; did you mean name?"],
    "stages.2.outcome": ["Must be one of open, won, lost."],
    "stages.2.probability": ["Must be from 0 to 100."],
    "stages.2.color": ["Must be a string; it is a number."],
    "stages.3": ["Must be an object; it is a number."],
    "stages.4.name": ["Must be a string; it is null."],
    "stages.4.probability": ["Must be from 0 to 100."],
  });
  const many = (n: number) => Array.from({ length: n }, (_, at) => ({ name: `Stage ${at}` }));
  expectInvalid(await leadhub.post(PIPELINES, { name: "P", stages: many(101) }), {
    stages: ["Must have at most 100 stages."],
  });
  const made = record(await leadhub.post(PIPELINES, { name: "P", stages: many(100) }), 201);
  expect(made.stages).toHaveLength(100);
  expectInvalid(await leadhub.patch(`${PIPELINES}/${made.id}`, { name: "n".repeat(256) }), {
    name: ["Must have at most 255 characters."],
  });
  expectInvalid(await leadhub.put(`${PIPELINES}/${made.id}`, {}), {
    body: ["The body must have at least one field."],
  });
});

test("one is the default: made or changed to be, it takes that from the other", async () => {
  const workspace = await leadHub();
  const { api: leadhub } = workspace;
  const sales = await defaultOf(workspace);
  const stays = {
    is_default: ["The default pipeline stays it until another one is made the default."],
  };
  expectInvalid(await leadhub.patch(`${PIPELINES}/${sales.id}`, { is_default: false }), stays);
  const made = await makePipeline(workspace, { is_default: true });
  expect(made.is_default).toBe(true);
  expect(await listed(leadhub, `${PIPELINES}?direction=asc`, "is_default")).toEqual([false, true]);
  record(await leadhub.patch(`${PIPELINES}/${sales.id}`, { is_default: false }));
  record(await leadhub.patch(`${PIPELINES}/${sales.id}`, { is_default: true }));
  expect(await listed(leadhub, `${PIPELINES}?direction=asc`, "is_default")).toEqual([true, false]);
});

test("a list is sorted regardless of case, the same names by their ids", async () => {
  const workspace = await leadHub();
  for (const name of ["b", "A", "B", "a", "á"]) await makePipeline(workspace, { name, stages: [] });
  const names = (query: string) => listed(workspace.api, `${PIPELINES}?${query}`, "name");
  const sorted = ["A", "a", "á", "b", "B", "Sales pipeline"];
  expect(await names("sort=name&direction=asc")).toEqual(sorted);
  expect(await names("sort=name")).toEqual(sorted.toReversed());
  expect(await names("")).toEqual(["á", "a", "B", "A", "b", "Sales pipeline"]);
});

test("a pipeline of another workspace, or no whole number, is not there", async () => {
  const [mine, theirs] = [await leadHub(), await leadHub()];
  const { id } = await makePipeline(theirs, { name: "Theirs" });
  for (const given of [id, "x", "1e3"]) {
    const [one, message] = [`${PIPELINES}/${given}`, `No pipeline with id ${given}.`];
    expectMissing(await mine.api.get(one), message);
    expectMissing(await mine.api.patch(one, { is_default: true }), message);
    expectMissing(await mine.api.delete(one), message);
    expectMissing(await mine.api.get(`${one}/stages`), message);
    expectMissing(await mine.api.post(`${one}/stages`, { name: "x" }), message);
  }
  expect(await listed(mine.api, PIPELINES, "name")).toEqual(["Sales pipeline"]);
  expect(record(await theirs.api.get(`${PIPELINES}/${id}`)).is_default).toBe(false);
});
