import { describe, expect, test } from "vitest";
import { leadWorld, SCORED, summary } from "../support/lead-world.ts";

test("tags are replaced, made when new, and emptied by null; doubles count once", async () => {
  const { create, change, rows } = await leadWorld();
  const lead = await create({ tags: ["VIP", "vip", "cold", "Äpfel"] });
  expect(lead.tags).toEqual(["Äpfel", "cold", "VIP"]);
  expect((await change(lead, { tags: ["vIP", "new"] })).tags).toEqual(["new", "VIP"]);
  expect((await change(lead, { tags: null })).tags).toEqual([]);
  expect(await rows("select name from crm.tags order by name")).toHaveLength(4);
});

test("a change of tags alone is the tags' event and changes updated_at", async () => {
  const { create, change, events } = await leadWorld();
  const lead = await create({ tags: ["a"] });
  await events();
  const changed = await change(lead, { tags: ["b"] });
  expect(changed.updated_at).not.toEqual(lead.updated_at);
  expect(summary(await events()))
    .toEqual(["lead_tags created", "lead_tags deleted", "tags created"]);
});

describe("one tag", () => {
  test("is added and taken off regardless of case; a second time changes nothing", async () => {
    const { create, call, events } = await leadWorld();
    const lead = await create({ tags: ["cold"] });
    const [tagged] = await call("add_lead_tag", lead.id, "VIP");
    expect(tagged!.tags).toEqual(["cold", "VIP"]);
    await events();
    expect(await call("add_lead_tag", lead.id, "vip")).toEqual([{ ...tagged, ...SCORED }]);
    expect(await events()).toEqual([]);
    const [untagged] = await call("remove_lead_tag", lead.id, "viP");
    expect(untagged!.tags).toEqual(["cold"]);
    expect(await call("remove_lead_tag", lead.id, "vip")).toEqual([]);
    expect(summary(await events())).toEqual(["lead_tags deleted"]);
  });

  test("is refused to a lead that has fifty", async () => {
    const { create, refusal } = await leadWorld();
    const lead = await create({ tags: Array.from({ length: 50 }, (_, i) => `t${i}`) });
    expect(await refusal("add_lead_tag", lead.id, "one more")).toBe("LB013");
    expect(await refusal("add_lead_tag", lead.id, "T7")).toHaveLength(1);
  });

  test("renamed shows on its leads, deleted is off them; no event of a lead", async () => {
    const { create, rows, lead, events } = await leadWorld();
    const { id } = await create({ tags: ["a", "b"] });
    await events();
    await rows("update crm.tags set name = 'z' where name = 'a'");
    await rows("delete from crm.tags where name = 'b'");
    expect((await lead(id)).tags).toEqual(["z"]);
    expect(summary(await events())).toEqual(["tags deleted", "tags updated"]);
  });
});
