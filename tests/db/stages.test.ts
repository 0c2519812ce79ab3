import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { leadWorld, type Row } from "../support/lead-world.ts";
import { ABC, pipelineOf } from "../support/stage-world.ts";

const of = (row: Row | undefined, ...columns: string[]) => columns.map((column) => row?.[column]);

describe("a stage is made", () => {
  test.each([
    [undefined, "ABCN"],
    [1, "NABC"],
    [2, "ANBC"],
    [4, "ABCN"],
    [99, "ABCN"],
  ])("at position %s, the others move up", async (position, expected) => {
    const world = await leadWorld();
    const { id, names } = await pipelineOf(world, ABC);
    const fields = { name: "N", outcome: "lost", probability: 5, color: "#fff", position };
    const [made] = await world.call("create_stage", id, fields);
    expect(of(made, "outcome", "probability", "color", "leads_count")).toEqual([
      "lost",
      5,
      "#fff",
      0,
    ]);
    expect(made!.position).toBe(expected.indexOf("N") + 1);
    expect(await names()).toBe(expected);
  });

  test("not under the name of another, regardless of case, nor in no pipeline", async () => {
    const world = await leadWorld();
    const { id } = await pipelineOf(world, ABC);
    expect(await world.refusal("create_stage", id, { name: "b" })).toBe("23505");
    expect(await world.call("create_stage", randomUUID(), { name: "b" })).toEqual([]);
    const twice = { name: "Q", stages: [{ name: "x" }, { name: "X" }] };
    expect(await world.refusal("create_pipeline", twice)).toBe("23505");
    expect(await world.rows("select id from crm.pipelines where name = 'Q'")).toEqual([]);
  });
});

describe("a stage is changed", () => {
  test.each(
    [
      ["first", 3, "BCA"],
      ["third", 1, "CAB"],
      ["second", 2, "ABC"],
      ["first", 99, "BCA"],
    ] as const,
  )("the %s moves to %i", async (which, position, expected) => {
    const world = await leadWorld();
    const pipeline = await pipelineOf(world, ABC);
    const [changed] = await world.call("change_stage", pipeline.id, pipeline[which].id, {
      position,
    });
    expect(changed!.position).toBe(Math.min(position, 3));
    expect(await pipeline.names()).toBe(expected);
  });

  test("its name is its deals' too, whose status stays", async () => {
    const world = await leadWorld();
    const { id, first } = await pipelineOf(world, ABC);
    const deal = await world.insert("deals", {
      title: "D",
      pipeline_id: id,
      stage: "A",
      currency: "USD",
      status: "won",
    });
    await world.call("change_stage", id, first.id, { name: "Ahead" });
    expect(await world.rows("select stage, status, stage_id from crm.deals where id = $1", deal.id))
      .toEqual([{ stage: "Ahead", status: "won", stage_id: first.id }]);
  });

  test("another outcome sets the status of its leads and deals as moving in would", async () => {
    const world = await leadWorld();
    const { id, first } = await pipelineOf(world, ABC);
    const lead = await world.create({ stage_id: first.id, status: "contacted" });
    const other = await world.create({ pipeline_id: id, stage_id: null, status: "x" });
    await world.change(other, { stage_id: (await world.stage("Lead")).id });
    const deal = await world.insert("deals", {
      title: "D",
      pipeline_id: id,
      stage: "A",
      currency: "USD",
      status: "y",
    });
    const statuses = async () => [
      (await world.lead(lead.id)).status,
      (await world.rows("select status from crm.deals where id = $1", deal.id))[0]!.status,
      (await world.lead(other.id)).status,
    ];
    await world.call("change_stage", id, first.id, { outcome: "won" });
    expect(await statuses()).toEqual(["won", "won", "x"]);
    await world.change(lead, { status: "mine" });
    await world.call("change_stage", id, first.id, { outcome: "open", color: "red" });
    expect(await statuses()).toEqual(["mine", "open", "x"]);
  });

  test("null clears color and probability; nothing changed is no event", async () => {
    const world = await leadWorld();
    const { id, first } = await pipelineOf(world, [{ name: "A", color: "red", probability: 1 }]);
    await world.events();
    const same = { name: "A", color: "red", probability: 1, position: 1, outcome: "open" };
    expect(await world.call("change_stage", id, first.id, same)).toEqual([first]);
    expect(await world.events()).toEqual([]);
    const [changed] = await world.call("change_stage", id, first.id, {
      color: null,
      probability: null,
    });
    expect(of(changed, "color", "probability")).toEqual([null, null]);
  });

  test("not through another pipeline's path", async () => {
    const world = await leadWorld();
    const { id } = await pipelineOf(world, ABC);
    const { id: lead } = await world.stage("Lead");
    expect(await world.call("change_stage", id, lead, { name: "X" })).toEqual([]);
    expect(await world.call("delete_stage", id, lead)).toEqual([{ delete_stage: false }]);
    expect((await world.call("change_stage", null, lead, { name: "X" }))[0]!.name).toBe("X");
  });
});

test("the leads of a stage are counted without looking at them", async () => {
  const world = await leadWorld();
  const { id, first, second } = await pipelineOf(world, ABC);
  const lead = await world.create({ stage_id: first.id });
  await world.create({ stage_id: first.id });
  await world.change(lead, { stage_id: second.id });
  const counts =
    "select leads_count from crm.stages_with_counts where pipeline_id = $1 order by position";
  expect(await world.rows(counts, id)).toMatchObject([{ leads_count: 1 }, { leads_count: 1 }, {
    leads_count: 0,
  }]);
});
