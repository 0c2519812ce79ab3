import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { leadWorld } from "../support/lead-world.ts";
import { ABC, pipelineOf } from "../support/stage-world.ts";

describe("a stage is deleted", () => {
  test("when it is empty, and the others move down", async () => {
    const world = await leadWorld();
    const { id, second, names } = await pipelineOf(world, ABC);
    expect(await world.call("delete_stage", id, second.id)).toEqual([{ delete_stage: true }]);
    expect(await names()).toBe("AC");
    expect(await world.call("delete_stage", id, second.id)).toEqual([{ delete_stage: false }]);
  });

  test("not with leads or deals, of which the refusal tells how many", async () => {
    const world = await leadWorld();
    const { id, first } = await pipelineOf(world, ABC);
    await world.create({ stage_id: first.id });
    await world.insert("deals", {
      title: "D",
      pipeline_id: id,
      stage: "A",
      currency: "USD",
      status: "open",
    });
    await world.create({ stage_id: first.id });
    await expect(world.call("delete_stage", id, first.id))
      .rejects.toMatchObject({ code: "LB007", detail: '{"deals": 1, "leads": 2}' });
  });

  test("after they went to another stage of the pipeline, as moving there would", async () => {
    const world = await leadWorld();
    const { id, first, second, names } = await pipelineOf(world, [
      { name: "A" },
      { name: "B", outcome: "lost" },
    ]);
    const lead = await world.create({ stage_id: first.id });
    const deal = await world.insert("deals", {
      title: "D",
      pipeline_id: id,
      stage: "A",
      currency: "USD",
      status: "open",
    });
    expect(await world.call("delete_stage", id, first.id, second.id)).toEqual([{
      delete_stage: true,
    }]);
    expect(await world.lead(lead.id)).toMatchObject({ stage_id: second.id, status: "lost" });
    expect(await world.rows("select stage, stage_id, status from crm.deals where id = $1", deal.id))
      .toEqual([{ stage: "B", stage_id: second.id, status: "lost" }]);
    expect(await names()).toBe("B");
  });

  test("not to itself, to nowhere, nor to another pipeline or workspace", async () => {
    const world = await leadWorld();
    const { id, first } = await pipelineOf(world, ABC);
    const foreign = await (await leadWorld()).stage("Lead");
    const elsewhere = await world.stage("Lead");
    for (const target of [first.id, randomUUID(), elsewhere.id, foreign.id]) {
      expect(await world.refusal("delete_stage", id, first.id, target)).toBe("LB008");
    }
  });
});
