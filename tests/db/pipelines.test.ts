import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { type LeadWorld, leadWorld } from "../support/lead-world.ts";

const defaults = ({ rows }: LeadWorld) =>
  rows("select id, name from crm.pipelines where is_default");

test("a pipeline is made with its stages in order", async () => {
  const { call, rows } = await leadWorld();
  const stages = [{ name: "In", probability: 10 }, { name: "Out", outcome: "lost", color: "#000" }];
  const [made] = await call("create_pipeline", { name: "P", stages });
  expect(made).toMatchObject({ name: "P", is_default: false, leads_count: 0 });
  const columns = "name, position, outcome, probability, color, system_key";
  expect(
    await rows(
      `select ${columns} from crm.stages where pipeline_id = $1 order by position`,
      made!.id,
    ),
  )
    .toEqual([
      { name: "In", position: 1, outcome: "open", probability: 10, color: null, system_key: null },
      {
        name: "Out",
        position: 2,
        outcome: "lost",
        probability: null,
        color: "#000",
        system_key: null,
      },
    ]);
});

test("one pipeline is the default: made or changed to be, it takes that from the other", async () => {
  const world = await leadWorld();
  const [sales] = await defaults(world);
  const [made] = await world.call("create_pipeline", { name: "P", is_default: true });
  expect(await defaults(world)).toMatchObject([{ id: made!.id }]);
  expect(await world.refusal("change_pipeline", made!.id, { is_default: false })).toBe("LB009");
  const [changed] = await world.call("change_pipeline", sales!.id, { is_default: true, name: "S" });
  expect(changed).toMatchObject({ name: "S", is_default: true });
  expect(await defaults(world)).toEqual([{ id: sales!.id, name: "S" }]);
  expect(await world.call("change_pipeline", made!.id, { is_default: false })).toHaveLength(1);
  expect(await world.call("change_pipeline", randomUUID(), { is_default: true })).toEqual([]);
  expect(await defaults(world)).toHaveLength(1);
});

test("nothing changed is no event and leaves updated_at", async () => {
  const { call, rows, events } = await leadWorld();
  const [before] = await rows("select * from crm.pipelines_with_counts");
  await events();
  expect(
    await call("change_pipeline", before!.id, { name: before!.name as string, is_default: true }),
  )
    .toEqual([before]);
  expect(await events()).toEqual([]);
});

test("many that become the default at once leave one", async () => {
  const world = await leadWorld({ size: 8 });
  const all = await Promise.all(
    Array.from(
      { length: 8 },
      (_, i) => world.call("create_pipeline", { name: `P${i}`, is_default: true }),
    ),
  );
  expect(await defaults(world)).toHaveLength(1);
  await Promise.all(
    all.map(([one]) => world.call("change_pipeline", one!.id, { is_default: true })),
  );
  expect(await defaults(world)).toHaveLength(1);
});

test("the default pipeline is not deleted, nor one with leads or deals when none is to take them", async () => {
  const world = await leadWorld();
  const [sales] = await defaults(world);
  expect(await world.refusal("delete_pipeline", sales!.id)).toBe("LB016");
  const [made] = await world.call("create_pipeline", { name: "P" });
  await world.create({ pipeline_id: made!.id });
  await world.insert("deals", {
    title: "D",
    pipeline_id: made!.id,
    currency: "USD",
    status: "open",
  });
  await expect(world.call("delete_pipeline", made!.id))
    .rejects.toMatchObject({ code: "LB007", detail: '{"deals": 1, "leads": 1}' });
  const [foreign] = await defaults(await leadWorld());
  for (const target of [made!.id, randomUUID(), foreign!.id]) {
    expect(await world.refusal("delete_pipeline", made!.id, target)).toBe("LB008");
  }
  expect(await world.call("delete_pipeline", foreign!.id)).toEqual([{ delete_pipeline: false }]);
});

test("its leads and deals go to the stage of the same name, else the first; stages go with it", async () => {
  const world = await leadWorld();
  const { call, create, lead, rows, insert } = world;
  const [from] = await call("create_pipeline", {
    name: "From",
    stages: [{ name: "X" }, { name: "Two" }],
  });
  const stages = [{ name: "One" }, { name: "TWO", outcome: "won" }];
  const [to] = await call("create_pipeline", { name: "To", stages });
  const stageOf = async (pipeline: string, position: number) =>
    (await rows(
      "select id from crm.stages where pipeline_id = $1 and position = $2",
      pipeline,
      position,
    ))[0]!.id;
  const [x, two] = [await stageOf(from!.id, 1), await stageOf(from!.id, 2)];
  const [first, second] = [await create({ stage_id: x }), await create({ stage_id: two })];
  const deal = { title: "D", pipeline_id: from!.id, currency: "USD", status: "open" };
  await insert("deals", { ...deal, stage: "Two" });
  await insert("deals", { ...deal, stage: "X" });

  expect(await call("delete_pipeline", from!.id, to!.id)).toEqual([{ delete_pipeline: true }]);
  const [one, won] = [await stageOf(to!.id, 1), await stageOf(to!.id, 2)];
  expect(await lead(first.id)).toMatchObject({ pipeline_id: to!.id, stage_id: one, status: "new" });
  expect(await lead(second.id)).toMatchObject({
    pipeline_id: to!.id,
    stage_id: won,
    status: "won",
  });
  expect(await rows("select stage, stage_id, status from crm.deals order by number")).toEqual([
    { stage: "TWO", stage_id: won, status: "won" },
    { stage: "One", stage_id: one, status: "open" },
  ]);
  expect(await rows("select id from crm.stages where pipeline_id = $1", from!.id)).toEqual([]);
});

test("leads go to a pipeline without stages, and from one, into none", async () => {
  const { call, create, lead } = await leadWorld();
  const [from] = await call("create_pipeline", {
    name: "From",
    stages: [{ name: "Won", outcome: "won" }],
  });
  const [to] = await call("create_pipeline", { name: "To" });
  const { id } = await create({ pipeline_id: from!.id });
  await call("delete_pipeline", from!.id, to!.id);
  expect(await lead(id)).toMatchObject({ pipeline_id: to!.id, stage_id: null, status: "new" });
  const [last] = await call("create_pipeline", { name: "Last", stages: [{ name: "A" }] });
  await call("delete_pipeline", to!.id, last!.id);
  expect((await lead(id)).stage_id).not.toBeNull();
});

test("a lead of a pipeline that goes at once is never lost nor left behind", async () => {
  const world = await leadWorld({ size: 8 });
  const [sales] = await defaults(world);
  for (let round = 0; round < 5; round++) {
    const [made] = await world.call("create_pipeline", {
      name: `P${round}`,
      stages: [{ name: "A" }],
    });
    const creates = Array.from(
      { length: 6 },
      () => world.refusal("create_lead", { first_name: "L", pipeline_id: made!.id }),
    );
    const deleted = world.call("delete_pipeline", made!.id, sales!.id);
    const outcomes = await Promise.all(creates);
    expect(await deleted).toEqual([{ delete_pipeline: true }]);
    expect(outcomes.filter((outcome) => typeof outcome === "string" && outcome !== "23503"))
      .toEqual([]);
  }
  expect(await world.rows("select id from crm.leads where pipeline_id <> $1", sales!.id)).toEqual(
    [],
  );
});
