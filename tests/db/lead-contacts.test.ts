import { describe, expect, test } from "vitest";
import { leadWorld, summary } from "../support/lead-world.ts";

const EMAIL = "sarah@example.com";
const OTHER = "bob@example.com";

describe("a lead with an email", () => {
  test("makes the contact of that email, and counts it as made", async () => {
    const { create, contacts } = await leadWorld({ limits: { contacts_per_day: 1 } });
    const lead = await create({ email: EMAIL, phone: "+4930123", company: "Acme" });
    const [contact, ...more] = await contacts();
    expect(more).toEqual([]);
    expect(contact).toMatchObject({
      first_name: "Sarah",
      last_name: null,
      email: EMAIL,
      phone: "+4930123",
      company_id: lead.company_id,
    });
    expect(lead).toMatchObject({ contact_id: contact!.id, contact_number: contact!.number });
  });

  test("is refused whole when the day's quota for contacts is used up", async () => {
    const { refusal, rows, create, contacts } = await leadWorld({
      limits: { contacts_per_day: 1 },
    });
    await create({ email: EMAIL });
    const lead = { first_name: "Bob", email: "bob@example.com", company: "New", tags: ["t"] };
    expect(await refusal("create_lead", lead)).toBe("LB002");
    expect(await rows("select id from crm.companies union select id from crm.tags")).toEqual([]);
    expect(await contacts()).toHaveLength(1);
    expect(await rows("select id from crm.leads")).toHaveLength(1);
    await create({ email: EMAIL });
  });

  test("is linked to the contact of that email: it overwrites what is given, and takes the rest", async () => {
    const { create, insert, contacts } = await leadWorld();
    const contact = {
      first_name: "Sue",
      last_name: "Jones",
      email: EMAIL,
      phone: "+1",
      title: "CEO",
    };
    const { id } = await insert("contacts", contact);
    const lead = await create({ email: EMAIL, phone: "+2", last_name: null });
    const shown = { first_name: "Sarah", last_name: "Jones", email: EMAIL, phone: "+2" };
    expect(lead).toMatchObject({ ...shown, contact_id: id });
    expect(await contacts()).toMatchObject([{ ...shown, id, title: "CEO" }]);
  });

  test("gives the contact its company only when that has none", async () => {
    const { create, insert, contacts } = await leadWorld();
    const { id } = await insert("companies", { name: "Acme" });
    await insert("contacts", { email: "with@x.com", company_id: id });
    await insert("contacts", { email: "without@x.com" });
    const lead = await create({ email: "with@x.com", company: "Other" });
    expect(await create({ email: "without@x.com", company: "ACME" })).toMatchObject({
      company: "Acme",
    });
    expect(lead.company).toBe("Other");
    expect(await contacts()).toMatchObject([{ company_id: id }, { company_id: id }]);
  });

  test("shares the contact with other leads of that email", async () => {
    const { create, lead, contacts } = await leadWorld();
    const first = await create({ email: EMAIL, last_name: "Johnson" });
    const second = await create({ first_name: "Sally", email: EMAIL });
    expect(second).toMatchObject({ contact_id: first.contact_id, last_name: "Johnson" });
    expect(await lead(first.id)).toMatchObject({ first_name: "Sally" });
    expect(await contacts()).toHaveLength(1);
  });
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
