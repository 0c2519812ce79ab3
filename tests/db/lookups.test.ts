import { describe, expect, test } from "vitest";
import { type LeadWorld, leadWorld } from "../support/lead-world.ts";

/** The list of a module, in order. */
const list = ({ rows }: LeadWorld, type: string, module = "lead") =>
  rows(
    `select number, name, value, is_active, is_system, parent_number from crm.lookups_with_tags
      where module_name = $1 and type = $2 order by number`,
    module,
    type,
  );

test("a workspace begins with the lists that every one has, by the same numbers", async () => {
  const world = await leadWorld();
  const names = async (type: string, module?: string) =>
    (await list(world, type, module)).map(({ number, value }) => `${number} ${value}`);
  expect(await names("status")).toEqual(
    ["1 new", "2 contacted", "3 qualified", "4 nurturing", "5 converted", "6 unqualified"],
  );
  expect(await names("source")).toEqual(
    ["1 website", "2 referral", "3 linkedin", "4 email", "5 direct"],
  );
  expect(await names("priority")).toEqual(["1 low", "2 medium", "3 high", "4 urgent"]);
  expect(await names("status", "contact")).toEqual(["1 active", "2 inactive"]);
});

describe("a word that a lead comes with", () => {
  test("becomes one of the list, once, under a name that is not taken", async () => {
    const world = await leadWorld();
    await world.create({ status: "won_back", source: "Website" });
    const lead = await world.create({ status: "Won back", source: "Website" });
    await world.change(lead, { status: "New" });
    const grown = (await list(world, "status")).filter(({ is_system }) => !is_system);
    expect(grown.map(({ name, value }) => [name, value])).toEqual([
      ["Won back", "won_back"],
      [expect.stringMatching(/^Won back [0-9a-f]{8}$/), "Won back"],
      [expect.stringMatching(/^New [0-9a-f]{8}$/), "New"],
    ]);
    expect((await list(world, "source")).map(({ value }) => value)).toContain("Website");
  });

  test("is listed once, however many leads bring it at once", async () => {
    const world = await leadWorld({ size: 8 });
    await Promise.all(
      Array.from({ length: 24 }, (_, n) => world.create({ source: `fair-${n % 3}` })),
    );
    const grown = (await list(world, "source")).filter(({ is_system }) => !is_system);
    expect(grown.map(({ value }) => value).sort()).toEqual(["fair-0", "fair-1", "fair-2"]);
  });
});

describe("a value of a list", () => {
  test("is made with a value of its name, and of a parent in its list", async () => {
    const world = await leadWorld();
    const status = { module_name: "lead", type: "status" };
    const [made] = await world.call("create_lookup", { ...status, name: "Très Hot!" });
    const number = Number(made?.number);
    const part = { ...status, name: "Part", parent_id: number };
    expect(await world.call("create_lookup", part)).toMatchObject([
      { name: "Part", value: "part", parent_number: number },
    ]);
    expect(await list(world, "status")).toContainEqual(
      expect.objectContaining({ name: "Très Hot!", value: "très_hot" }),
    );
    expect(await world.refusal("create_lookup", { ...part, name: "P", parent_id: 99 })).toBe(
      "LB080",
    );
    expect(await world.refusal("create_lookup", { ...part, name: "PART" })).toBe("23505");
  });

  test("is of any list but those that cannot grow", async () => {
    const { call, refusal } = await leadWorld();
    const colour = { module_name: "deal", type: "colour", name: "红" };
    expect(await call("create_lookup", colour)).toMatchObject([{ name: "红", value: "红" }]);
    for (const type of ["priority", "custom_field"]) {
      const given = { module_name: "lead", type, name: "A" };
      expect(await refusal("create_lookup", given)).toBe("LB080");
    }
  });

  test("takes the leads that have it along when it changes", async () => {
    const { create, call, lead, rows } = await leadWorld();
    const { id } = await create({ status: "hot" });
    const [hot] = await rows("select app.lookup_number('status', 'hot') as number");
    const number = Number(hot?.number);
    expect(await call("change_lookup", number, { name: "Warm", value: "warm" })).toMatchObject([
      { number, name: "Warm", value: "warm" },
    ]);
    expect(await lead(id)).toMatchObject({ status: "warm" });
  });

  test("keeps what every workspace relies on", async () => {
    const { call, refusal } = await leadWorld();
    const status = { module_name: "lead", type: "status" };
    expect(await refusal("change_lookup", 1, { ...status, value: "fresh" })).toBe("LB080");
    expect(await refusal("change_lookup", 1, { ...status, is_active: false })).toBe("LB080");
    expect(
      await refusal("change_lookup", 2, {
        module_name: "lead",
        type: "priority",
        is_active: false,
      }),
    )
      .toBe("LB080");
    expect(await call("change_lookup", 1, { ...status, name: "Fresh" })).toMatchObject([
      { name: "Fresh", value: "new" },
    ]);
    expect(await refusal("change_lookup", 1, { name: "X" })).toBe("LB080");
    expect(await call("change_lookup", 99, { ...status, name: "X" })).toEqual([]);
  });
});

test("a tag is a value of a list, by its own number", async () => {
  const world = await leadWorld();
  const { tags } = await world.create({ tags: ["vip"] });
  expect(tags).toEqual(["vip"]);
  const [vip] = await list(world, "tags");
  expect(vip).toMatchObject({ name: "vip", value: "vip", is_active: true });
  const change = { module_name: "lead", type: "tags", name: "VIP", color_code: "#FF0000" };
  expect(await world.call("change_lookup", Number(vip?.number), change)).toMatchObject([
    { name: "VIP", value: "VIP", color_code: "#FF0000" },
  ]);
  expect(await world.refusal("change_lookup", Number(vip?.number), { ...change, value: "other" }))
    .toBe("LB080");
});
