import { describe, expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { expectInvalid, expectMissing, leadHub, record } from "../support/leadhub.ts";
import {
  expectConflict,
  expectGone,
  type StageWorld,
  stageWorld,
  TIME,
} from "../support/leadhub-records.ts";

const PIPELINES = "pipelines";
const LEADS = "leads";

async function leadAt({ leadhub }: StageWorld, stage: Json): Promise<Json> {
  return record(
    await leadhub.post(LEADS, { first_name: "L", pipeline_stage_id: stage.id }),
    201,
  );
}

async function dealAt({ native }: StageWorld, stage: string): Promise<void> {
  const { items } = (await native.get("v1-public-pipelines?search=P")).body.data;
  const { id } = items.find(({ name }: Json) => name === "P");
  const { status, text } = await native.post("v1-public-deals", {
    title: "D",
    pipeline_id: id,
    stage,
  });
  expect(status, text).toBe(201);
}

async function deal({ native }: StageWorld): Promise<string> {
  const [{ stage, status }] = (await native.get("v1-public-deals")).body.data.items;
  return `${stage} ${status}`;
}

describe("a stage is changed", () => {
  test("by PUT and PATCH, what is not given stays", async () => {
    const { leadhub, pipeline, stages } = await stageWorld();
    const [, b] = pipeline.stages;
    const one = `${stages}/${b.id}`;
    expect(record(await leadhub.put(one, { probability: 7, color: "red" })))
      .toEqual({ ...b, probability: 7, color: "red", updated_at: TIME });
    const cleared = record(await leadhub.patch(one, { probability: null, color: null }));
    expect(cleared).toEqual({ ...b, updated_at: TIME });
    expect(record(await leadhub.get(one))).toEqual(cleared);
    const back = { ...cleared, id: 1, pipeline_id: 1, leads_count: 9, created_at: null };
    expect(record(await leadhub.put(one, back))).toEqual(cleared);
    expect(record(await leadhub.patch(one, { pipeline_id: 1 }))).toEqual(cleared);
    expectInvalid(await leadhub.patch(one, { name: null, position: null, outcome: null }), {
      name: ["Must be a string; it is null."],
      position: ["Must be a whole number from 1."],
      outcome: ["Must be one of open, won, lost."],
    });
    expectInvalid(await leadhub.patch(one, {}), {
      body: ["The body must have at least one field."],
    });
  });

  test("to another place, with the others moving, without gaps", async () => {
    const { leadhub, pipeline, stages, order } = await stageWorld();
    const [a, b, c] = pipeline.stages.map(({ id }: Json) => `${stages}/${id}`);
    expect(record(await leadhub.patch(a, { position: 3 })).position).toBe(3);
    expect(await order()).toEqual(["1 B", "2 C", "3 A"]);
    await leadhub.patch(c, { position: 1 });
    expect(await order()).toEqual(["1 C", "2 B", "3 A"]);
    expect(record(await leadhub.patch(b, { position: 100 })).position).toBe(3);
    expect(await order()).toEqual(["1 C", "2 A", "3 B"]);
  });

  test("with its leads and deals: its name and its outcome are theirs", async () => {
    const world = await stageWorld();
    const { leadhub, pipeline, stages } = world;
    const [a] = pipeline.stages;
    const lead = await leadAt(world, a);
    await dealAt(world, "A");
    const one = `${stages}/${a.id}`;
    const status = async () => record(await leadhub.get(`${LEADS}/${lead.id}`)).status;
    expect(record(await leadhub.patch(one, { name: "Begun", outcome: "won" })))
      .toMatchObject({ name: "Begun", outcome: "won", leads_count: 1 });
    expect([await status(), await deal(world)]).toEqual(["won", "Begun won"]);
    record(await leadhub.patch(one, { outcome: "open" }));
    expect([await status(), await deal(world)]).toEqual(["new", "Begun open"]);
  });
});

describe("a stage is deleted", () => {
  test("when it is empty, and the others move up", async () => {
    const { leadhub, pipeline, stages, order } = await stageWorld();
    const [a] = pipeline.stages;
    expectGone(await leadhub.delete(`${stages}/${a.id}`));
    expect(await order()).toEqual(["1 B", "2 C"]);
    expectMissing(await leadhub.delete(`${stages}/${a.id}`), `No stage with id ${a.id}.`);
  });

  test("with leads or deals only when it is said where they go", async () => {
    const world = await stageWorld();
    const { leadhub, pipeline, stages, order } = world;
    const [a, b] = pipeline.stages;
    const lead = await leadAt(world, a);
    const one = `${stages}/${a.id}`;
    const refused = (count: string) => `${count} are at the stage: say which other one they go to.`;
    expectConflict(await leadhub.delete(one), "move_to", refused("1 lead and 0 deals"));
    await dealAt(world, "A");
    await leadAt(world, a);
    expectConflict(await leadhub.delete(one), "move_to", refused("2 leads and 1 deal"));

    const [elsewhere] = (await leadhub.get(`${PIPELINES}?direction=asc`)).body.data[0].stages;
    const theirs = (await (await leadHub()).api.get(PIPELINES)).body.data[0].stages[0];
    for (const wrong of [a.id, elsewhere.id, theirs.id, 999_999_999]) {
      expectInvalid(await leadhub.delete(`${one}?move_to=${wrong}`), {
        move_to: ["Must be another stage of the pipeline."],
      });
    }
    expectInvalid(await leadhub.delete(`${one}?move_to=${b.id}&move_to=${b.id}`), {
      move_to: ["Must be given once."],
    });

    expectGone(await leadhub.delete(`${one}?move_to=${b.id}`));
    expect(record(await leadhub.get(`${LEADS}/${lead.id}`)))
      .toMatchObject({ pipeline_stage_id: b.id, status: "won" });
    expect(await deal(world)).toBe("B won");
    expect(await order()).toEqual(["1 B", "2 C"]);
    expect(record(await leadhub.get(`${stages}/${b.id}`)).leads_count).toBe(2);
  });
});
