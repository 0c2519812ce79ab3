import { describe, expect, test } from "vitest";
import { leadWorld, SCORED } from "../support/lead-world.ts";

const EMAIL = "sarah@example.com";

test("a change sets what is given and leaves the rest", async () => {
  const { create, change } = await leadWorld();
  const lead = await create({ source: "website", notes: "n", score: 5, tags: ["a"] });
  const changed = await change(lead, { notes: null, score: 6 });
  const { updated_at: _, search_text: __, ...before } = lead;
  expect(changed).toMatchObject({ ...before, notes: null, score: 6 });
  expect(changed.updated_at).not.toEqual(lead.updated_at);
});

test("custom fields merge by key, null removes one, and null all", async () => {
  const { create, change } = await leadWorld();
  const lead = await create({ custom_fields: { a: "1", b: ["x", "y"] } });
  expect(await change(lead, { custom_fields: { a: null, c: false } }))
    .toMatchObject({ custom_fields: { b: ["x", "y"], c: false } });
  expect((await change(lead, { custom_fields: { b: null } })).custom_fields).toEqual({ c: false });
  expect((await change(lead, { custom_fields: null })).custom_fields).toEqual({});
});

test("a hundred custom fields is the most", async () => {
  const { create, refusal } = await leadWorld();
  const many = (from: number, count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${from + i}`, i]));
  const lead = await create({ custom_fields: many(0, 100) });
  expect(await refusal("change_lead", lead.id, { custom_fields: many(100, 1) })).toBe("23514");
  expect(await refusal("create_lead", { first_name: "A", custom_fields: many(0, 101) })).toBe(
    "23514",
  );
});

test("company finds or makes one by name, and null clears the link alone", async () => {
  const { create, change, contacts, rows } = await leadWorld();
  const lead = await create({ email: EMAIL });
  const changed = await change(lead, { company: "Acme" });
  expect(changed.company).toBe("Acme");
  expect(await contacts()).toMatchObject([{ company_id: changed.company_id }]);
  expect((await change(lead, { company: "ACME" })).company_id).toBe(changed.company_id);
  expect((await change(lead, { company: "Other" })).company).toBe("Other");
  expect(await change(lead, { company: null })).toMatchObject({ company: null, company_id: null });
  expect(await contacts()).toMatchObject([{ company_id: changed.company_id }]);
  expect(await rows("select id from crm.companies")).toHaveLength(2);
});

describe("a change that changes nothing", () => {
  test("writes no event and leaves updated_at", async () => {
    const { create, change, events, stage, insert } = await leadWorld();
    const { id } = await insert("users", { name: "J", email: "j@x.com" });
    const given = { email: EMAIL, company: "Acme", tags: ["a", "b"], custom_fields: { x: [1] } };
    const lead = await create({ ...given, assigned_to: id });
    await events();
    const { id: stage_id, pipeline_id } = await stage("Lead");
    const again = { ...given, tags: ["B", "a"], company: "ACME", stage_id, pipeline_id };
    const same = { ...lead, ...SCORED };
    expect(await change(lead, { ...again, first_name: "Sarah", assigned_to: id })).toEqual(same);
    expect(await change(lead, {})).toEqual(same);
    expect(await events()).toEqual([]);
  });

  test("keeps a user who was made inactive meanwhile", async () => {
    const { create, change, insert, rows, refusal } = await leadWorld();
    const { id } = await insert("users", { name: "J", email: "j@x.com" });
    const lead = await create({ assigned_to: id });
    await rows("update crm.users set status = 'inactive'");
    expect(await change(lead, { assigned_to: id, score: 1 })).toMatchObject({ assigned_to: id });
    await change(lead, { assigned_to: null });
    expect(await refusal("change_lead", lead.id, { assigned_to: id })).toBe("LB012");
  });
});

describe("moving a lead", () => {
  test("a won or lost stage sets the status, leaving it for an open one ends that", async () => {
    const { create, change, stage } = await leadWorld();
    const to = async (name: string) => ({ stage_id: (await stage(name)).id });
    const lead = await create();
    expect(await change(lead, await to("Won"))).toMatchObject({ status: "won" });
    expect(await change(lead, await to("Lost"))).toMatchObject({ status: "lost" });
    expect(await change(lead, await to("Lead"))).toMatchObject({ status: "new" });
    expect(await change(lead, { ...await to("Won"), status: "mine" })).toMatchObject({
      status: "mine",
    });
    expect(await change(lead, await to("Proposal"))).toMatchObject({ status: "mine" });
    expect(await change(lead, { ...await to("Won"), status: "mine" })).toMatchObject({
      status: "mine",
    });
  });

  test("another pipeline begins at its first stage; the same one moves nothing", async () => {
    const { create, change, call, stage } = await leadWorld();
    const { id, pipeline_id } = await stage("Won");
    const stages = [{ name: "In" }, { name: "Won", outcome: "won" }];
    const [other] = await call("create_pipeline", { name: "Other", stages });
    const lead = await create({ stage_id: id });
    expect(await change(lead, { pipeline_id: pipeline_id as string })).toMatchObject({
      stage_id: id,
    });
    const moved = await change(lead, { pipeline_id: other!.id });
    expect(moved).toMatchObject({ pipeline_id: other!.id, status: "new" });
    expect(await change(lead, { stage_id: id })).toMatchObject({ pipeline_id, status: "won" });
  });
});

test("an unknown lead is neither changed nor anything made for it", async () => {
  const { call, rows } = await leadWorld();
  const other = await leadWorld();
  const { id } = await other.create();
  const given = { company: "Acme", email: EMAIL, tags: ["t"] };
  expect(await call("change_lead", id, given)).toEqual([]);
  expect(await call("add_lead_tag", id, "t")).toEqual([]);
  expect(await call("remove_lead_tag", id, "t")).toEqual([]);
  expect(
    await rows(
      "select id from crm.companies union select id from crm.contacts union select id from crm.tags",
    ),
  )
    .toEqual([]);
});
