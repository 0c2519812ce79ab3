import { describe, expect, test } from "vitest";
import { expectInvalid, expectMissing, leadHub, record } from "../support/leadhub.ts";
import { listed, stageWorld, TIME } from "../support/leadhub-records.ts";

const PIPELINES = "pipelines";

describe("a stage is made", () => {
  test("as the last, or at its position, with the others moving up", async () => {
    const { leadhub, pipeline, stages, order } = await stageWorld();
    const made = record(await leadhub.post(stages, { name: " D " }), 201);
    expect(made).toEqual({
      id: expect.any(Number),
      pipeline_id: pipeline.id,
      name: "D",
      position: 4,
      outcome: "open",
      probability: null,
      color: null,
      leads_count: 0,
      created_at: TIME,
      updated_at: TIME,
    });
    const fields = { name: "E", position: 2, outcome: "lost", probability: 0.5, color: "blue" };
    expect(record(await leadhub.post(stages, fields), 201)).toMatchObject(fields);
    const far = { name: "F", position: 9_000_000_000 };
    expect(record(await leadhub.post(stages, far), 201).position).toBe(6);
    expect(await order()).toEqual(["1 A", "2 E", "3 B", "4 C", "5 D", "6 F"]);
  });

  test("not with mistakes, each told by its field", async () => {
    const { leadhub, pipeline, stages, order } = await stageWorld();
    const wrong = {
      position: 0,
      outcome: "open ",
      probability: 100.5,
      color: "c".repeat(33),
      posision: 1,
    };
    const place = ["Must be a whole number from 1."];
    expectInvalid(await leadhub.post(stages, wrong), {
      name: ["The name field is required."],
      position: place,
      outcome: ["Must be one of open, won, lost."],
      probability: ["Must be from 0 to 100."],
      color: ["Must have at most 32 characters."],
      posision: ["Unknown; did you mean position?"],
    });
    expectInvalid(await leadhub.post(stages, { name: "x", position: 1.5 }), { position: place });
    const taken = { name: ["Another stage of the pipeline has this name."] };
    expectInvalid(await leadhub.post(stages, { name: "a" }), taken);
    expectInvalid(await leadhub.patch(`${stages}/${pipeline.stages[1].id}`, { name: "a" }), taken);
    expect(await order()).toEqual(["1 A", "2 B", "3 C"]);
  });
});

test("stages are listed by position, in pages, with no other parameter", async () => {
  const { leadhub, stages } = await stageWorld();
  await leadhub.post(stages, { name: "D", position: 1 });
  expect(await listed(leadhub, `${stages}?per_page=3`, "name")).toEqual(["D", "A", "B"]);
  expect(await listed(leadhub, `${stages}?per_page=3&page=2`, "name")).toEqual(["C"]);
  const { meta, links } = (await leadhub.get(`${stages}?page=3&per_page=3`)).body;
  expect(meta)
    .toEqual({ current_page: 3, last_page: 2, per_page: 3, total: 4, from: null, to: null });
  expect(links.prev).toMatch(new RegExp(`/${stages}\\?per_page=3&page=2$`));
  expectInvalid(await leadhub.get(`${stages}?sort=name&direction=asc`), {
    sort: ["Unknown; known are page, per_page."],
    direction: ["Unknown; known are page, per_page."],
  });
});

test("a stage is not there through another pipeline's path, nor another workspace's", async () => {
  const { leadhub, pipeline, stages, order } = await stageWorld();
  const theirs = await leadHub();
  const [sales] = (await leadhub.get(`${PIPELINES}?direction=asc`)).body.data;
  const [a] = pipeline.stages;
  const paths = [
    [leadhub, `${PIPELINES}/${sales.id}/stages/${a.id}`],
    [leadhub, `${PIPELINES}/999999999/stages/${a.id}`],
    [theirs.api, `${stages}/${a.id}`],
  ] as const;
  for (const [client, path] of paths) {
    const message = `No stage with id ${a.id}.`;
    expectMissing(await client.get(path), message);
    expectMissing(await client.put(path, { name: "x" }), message);
    expectMissing(await client.patch(path, { name: "x" }), message);
    expectMissing(await client.delete(path), message);
    expectMissing(await client.delete(`${path}?move_to=${pipeline.stages[1].id}`), message);
  }
  expectMissing(await leadhub.get(`${stages}/first`), "No stage with id first.");
  const unnamed = `${PIPELINES}/first/stages/${a.id}`;
  for (
    const answer of [await leadhub.put(unnamed, {}), await leadhub.delete(`${unnamed}?move_to=x`)]
  ) {
    expectMissing(answer, "No pipeline with id first.");
  }
  expect(await order()).toEqual(["1 A", "2 B", "3 C"]);
});
