import { describe, expect, test } from "vitest";
import { leadWorld, type Row } from "../support/lead-world.ts";

const EMAIL = "sarah@example.com";
const OTHER = "bob@example.com";
const summary = (events: Row[]) =>
  events.map(({ resource, action }) => `${resource} ${String(action)}`).sort();

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

test("tags are replaced, made when new, and emptied by null; doubles count once", async () => {
  const { create, change, rows } = await leadWorld();
  const lead = await create({ tags: ["VIP", "vip", "cold", "Äpfel"] });
  expect(lead.tags).toEqual(["Äpfel", "cold", "VIP"]);
  expect((await change(lead, { tags: ["vIP", "new"] })).tags).toEqual(["new", "VIP"]);
  expect((await change(lead, { tags: null })).tags).toEqual([]);
  expect(await rows("select name from crm.tags order by name")).toHaveLength(4);
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
    expect(await change(lead, { ...again, first_name: "Sarah", assigned_to: id })).toEqual(lead);
    expect(await change(lead, {})).toEqual(lead);
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

test("a change of tags alone is the tags' event and changes updated_at", async () => {
  const { create, change, events } = await leadWorld();
  const lead = await create({ tags: ["a"] });
  await events();
  const changed = await change(lead, { tags: ["b"] });
  expect(changed.updated_at).not.toEqual(lead.updated_at);
  expect(summary(await events()))
    .toEqual(["lead_tags created", "lead_tags deleted", "tags created"]);
});

describe("a linked lead and its contact are one person", () => {
  test("a change of either is one event of each, whatever else it changes", async () => {
    const { create, change, contacts, events, lead, rows } = await leadWorld();
    const [first, second] = [await create({ email: EMAIL }), await create({ email: EMAIL })];
    await events();
    await change(first, { first_name: "Sally", phone: "+1", score: 9, status: "hot" });
    const shown = { first_name: "Sally", phone: "+1", email: EMAIL };
    expect(await contacts()).toMatchObject([shown]);
    expect(await lead(first.id)).toMatchObject({ ...shown, score: 9, status: "hot" });
    expect(await lead(second.id)).toMatchObject({ ...shown, score: 0 });
    expect(summary(await events())).toEqual(["contacts updated", "leads updated", "leads updated"]);

    await rows("update crm.contacts set last_name = 'Jones', title = 'CEO'");
    for (const { id } of [first, second]) {
      expect(await lead(id)).toMatchObject({ last_name: "Jones" });
    }
    expect(summary(await events())).toEqual(["contacts updated", "leads updated", "leads updated"]);

    await rows("update crm.leads set last_name = null where id = $1", first.id);
    expect(await contacts()).toMatchObject([{ last_name: null }]);
    expect(await lead(second.id)).toMatchObject({ last_name: null });
  });

  test("a new email of nobody is the contact's new email", async () => {
    const { create, change, contacts } = await leadWorld();
    const lead = await create({ email: EMAIL });
    expect(await change(lead, { email: OTHER })).toMatchObject({
      email: OTHER,
      contact_id: lead.contact_id,
    });
    expect(await contacts()).toMatchObject([{ email: OTHER }]);
  });

  test("the email of another contact links to that one, which takes what is given", async () => {
    const { create, change, contacts, insert, events } = await leadWorld();
    const lead = await create({ email: EMAIL, phone: "+1", last_name: "Johnson" });
    const bob = await insert("contacts", { first_name: "Bob", email: OTHER });
    await events();
    const shown = { first_name: "Bob", last_name: null, email: OTHER };
    expect(await change(lead, { email: OTHER, phone: "+2", status: "x" }))
      .toMatchObject({ ...shown, phone: "+2", contact_id: bob.id });
    expect(await contacts()).toMatchObject([
      { first_name: "Sarah", email: EMAIL, phone: "+1" },
      { ...shown, phone: "+2" },
    ]);
    expect(summary(await events())).toEqual(["contacts updated", "leads updated"]);
    expect(await change(lead, { email: EMAIL, first_name: "Bob" }))
      .toMatchObject({ first_name: "Bob", last_name: "Johnson", phone: "+1" });
  });

  test("email null unlinks; the contact keeps it", async () => {
    const { create, change, contacts, rows } = await leadWorld();
    const lead = await create({ email: EMAIL, phone: "+1" });
    expect(await change(lead, { email: null, first_name: "Sue" }))
      .toMatchObject({ contact_id: null, email: null, phone: "+1", first_name: "Sue" });
    expect(await contacts()).toMatchObject([{ email: EMAIL, first_name: "Sarah" }]);
    await rows("update crm.contacts set first_name = 'X'");
    await change(lead, { phone: "+2" });
    expect(await contacts()).toMatchObject([{ first_name: "X", phone: "+1" }]);
  });

  test("who gets an email is linked: the contact is made, or completed", async () => {
    const { create, change, contacts, insert } = await leadWorld();
    const lead = await create({ last_name: "Johnson", phone: "+1" });
    const linked = await change(lead, { email: EMAIL, phone: "+2" });
    const made = { first_name: "Sarah", last_name: "Johnson", email: EMAIL, phone: "+2" };
    expect(await contacts()).toMatchObject([{ ...made, id: linked.contact_id }]);

    await insert("contacts", { first_name: "Bob", email: OTHER });
    const other = await create({ last_name: "Johnson" });
    expect(await change(other, { email: OTHER }))
      .toMatchObject({ first_name: "Bob", last_name: "Johnson" });
    expect(await contacts()).toMatchObject([{}, { first_name: "Bob", last_name: "Johnson" }]);
  });

  test("a contact made by a change counts for the day", async () => {
    const { create, change, refusal, contacts } = await leadWorld({
      limits: { contacts_per_day: 1 },
    });
    const [first, second] = [await create(), await create()];
    await change(first, { email: EMAIL });
    expect(await refusal("change_lead", second.id, { email: OTHER, tags: ["t"] })).toBe("LB002");
    expect(await contacts()).toHaveLength(1);
    await change(second, { email: EMAIL });
  });

  test("a contact without email stays linked when the lead is sent back as it was read", async () => {
    const { create, change, rows } = await leadWorld();
    const lead = await create({ email: EMAIL });
    await rows("update crm.contacts set email = null");
    expect(await change(lead, { email: null, phone: "+1" })).toMatchObject({
      contact_id: lead.contact_id,
    });
  });

  test("a deleted contact leaves its leads with what they showed, a deleted lead its contact", async () => {
    const { create, rows, lead, contacts, change } = await leadWorld();
    const [first, second] = [
      await create({ email: EMAIL, phone: "+1" }),
      await create({ email: OTHER }),
    ];
    await rows("delete from crm.contacts where email = $1", EMAIL);
    await rows("delete from crm.leads where id = $1", second.id);
    const left = { contact_id: null, email: EMAIL, phone: "+1", first_name: "Sarah" };
    expect(await lead(first.id)).toMatchObject(left);
    expect(await contacts()).toMatchObject([{ email: OTHER }]);
    expect(await change(first, { email: EMAIL, score: 3 })).toMatchObject({ ...left, score: 3 });
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

describe("one tag", () => {
  test("is added and taken off regardless of case; a second time changes nothing", async () => {
    const { create, call, events } = await leadWorld();
    const lead = await create({ tags: ["cold"] });
    const [tagged] = await call("add_lead_tag", lead.id, "VIP");
    expect(tagged!.tags).toEqual(["cold", "VIP"]);
    await events();
    expect(await call("add_lead_tag", lead.id, "vip")).toEqual([tagged]);
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
