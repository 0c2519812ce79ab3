import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { Conflict, DailyLimitReached } from "../../shared/refusals/errors.ts";
import { landings, mistakesOf } from "../support/landings.ts";
import { asOwner } from "../support/workspace.ts";

const JANE = { email: "jane@acme.com", first_name: "Jane" };
const PHONE = "+15551234567";
const BY_PHONE = { contact: ["phone" as const] };

describe("a contact is found", () => {
  test("by its email, in any spelling, and takes what is given; the rest stays", async () => {
    const { contact, insert, stored } = await landings();
    const id = await insert("contacts", { ...JANE, title: "Head of Sales" });
    const landed = await contact({ email: " JANE@Acme.com", first_name: "Janet", source: "web" });
    expect(landed).toMatchObject({
      outcome: "updated",
      contact: {
        id,
        email: "jane@acme.com",
        first_name: "Janet",
        title: "Head of Sales",
        source: "web",
      },
      before: { id, first_name: "Jane", source: null },
      activity: null,
      company: null,
      deal: null,
      matched_by: { contact: "email", company: null, deal: null },
    });
    expect(await stored("contacts")).toHaveLength(1);
  });

  test("by its phone, in any spelling; of several the oldest", async () => {
    const { contact, insert } = await landings();
    const oldest = await insert("contacts", { phone: PHONE });
    await insert("contacts", { phone: PHONE });
    expect(await contact({ phone: "+1 (555) 123-4567", first_name: "Jane" }, BY_PHONE))
      .toMatchObject({
        contact: { id: oldest, first_name: "Jane" },
        matched_by: { contact: "phone" },
      });
  });

  test("by its id", async () => {
    const { contact, insert } = await landings();
    const id = await insert("contacts", JANE);
    expect(await contact({ contact_id: id, email: "new@acme.com" }, { contact: ["id"] }))
      .toMatchObject({ contact: { id, email: "new@acme.com" }, matched_by: { contact: "id" } });
  });

  test("by the first rule that finds one", async () => {
    const { contact, insert } = await landings();
    const byEmail = await insert("contacts", JANE);
    const byPhone = await insert("contacts", { phone: PHONE });
    const given = { email: JANE.email, title: "Head of Sales", contact_id: randomUUID() };
    const found = async (contact_rules: ("email" | "phone" | "id")[], more = {}) =>
      (await contact({ ...given, ...more }, { contact: contact_rules })).contact?.id;
    expect(await found(["id", "email", "phone"])).toBe(byEmail);
    expect(await found(["phone", "email"])).toBe(byEmail);
    expect(await found(["email", "id"], { contact_id: byPhone })).toBe(byEmail);
    expect(await found(["phone", "email"], { phone: "+4930901820" })).toBe(byEmail);
    await expect(found(["id", "email"], { contact_id: byPhone })).rejects.toThrow(Conflict);
  });

  test("by an email that no rule looks for, rather than made twice", async () => {
    const { contact, insert } = await landings();
    const id = await insert("contacts", JANE);
    expect(await contact({ email: JANE.email, phone: PHONE }, BY_PHONE)).toMatchObject({
      outcome: "updated",
      contact: { id, phone: PHONE },
      matched_by: { contact: "email" },
    });
  });

  test("in its own workspace only", async () => {
    const [theirs, mine] = [await landings(), await landings()];
    const contact_id = await theirs.insert("contacts", { ...JANE, phone: PHONE });
    const rules = { contact: ["id" as const, "email" as const, "phone" as const] };
    const landed = await mine.contact({ ...JANE, phone: PHONE, contact_id }, rules);
    expect(landed).toMatchObject({ outcome: "created", matched_by: { contact: null } });
    expect(landed.contact?.id).not.toBe(contact_id);
  });
});

test("a contact that no rule finds is made", async () => {
  const { contact, stored } = await landings();
  const landed = await contact({ ...JANE, contact_id: randomUUID(), signal_strength: 12.5 });
  expect(landed).toMatchObject({
    outcome: "created",
    contact: { ...JANE, status: "active", signal_strength: 12.5 },
    before: null,
    matched_by: { contact: null },
  });
  expect(await stored("contacts")).toMatchObject([{ id: landed.contact?.id }]);
});

describe("a contact is refused", () => {
  test("when it is named by an id alone that is none", async () => {
    const { contact } = await landings();
    const given = { contact_id: randomUUID(), title: "Head of Sales" };
    expect(await mistakesOf(contact(given, { contact: ["id", "email"] })))
      .toEqual([{ field: "contact_id", message: "No contact with this id." }]);
    expect(await mistakesOf(contact({ ...given, first_name: " " }, { contact: ["email"] })))
      .toEqual([{
        field: "contact_id",
        message: 'No contact is looked for by id; add the rule "id" to matching.contact.',
      }]);
  });

  test.each(
    [
      [["email", "phone"], { email: "joe@acme.com", phone: PHONE }, "email"],
      [["phone", "email"], { email: "joe@acme.com", phone: PHONE }, "phone"],
      [["phone"], { email: JANE.email }, "phone"],
      [["email", "id"], { contact_id: randomUUID() }, "contact_id"],
    ] as const,
  )("when rules %o find none and none may be made", async (rules, given, field) => {
    const { contact, insert, stored } = await landings();
    await insert("contacts", JANE);
    const matching = { contact: [...rules], create_missing: false };
    expect(await mistakesOf(contact({ ...given, company_name: "Acme" }, matching)))
      .toEqual([{ field, message: "No contact matches, and matching.create_missing is false." }]);
    expect(await stored("companies")).toEqual([]);
  });

  test("when it is given another's email, which is named", async () => {
    const { contact, insert, stored } = await landings();
    await insert("contacts", JANE);
    const contact_id = await insert("contacts", { phone: PHONE });
    const given = { email: JANE.email, contact_id, company_name: "Acme" };
    await expect(contact(given, { contact: ["id"] }))
      .rejects.toMatchObject({
        name: "Conflict",
        fields: [{ field: "email", message: "Another contact has this email." }],
      });
    expect(await stored("companies")).toEqual([]);
  });

  test("when it says nothing that identifies it", async () => {
    const { contact } = await landings();
    const message = "At least one of email, phone, first_name, last_name, contact_id is required.";
    expect(await mistakesOf((async () => contact({ title: "Head of Sales", contact_id: null }))()))
      .toEqual([{ field: "email", message }]);
  });
});

test("a message becomes a note on the contact, with its company", async () => {
  const { contact, stored } = await landings();
  const given = { ...JANE, company_name: "Acme", deal_title: "Licence" };
  const first = await contact(given);
  const said = { message: "Hello\n", source: "web", deal_title: "Licence" };
  const landed = await contact({ email: JANE.email, ...said });
  expect(landed).toMatchObject({ activity: null, company: { name: "Acme", created: false } });
  expect(await stored("activities")).toMatchObject([{
    type: "note",
    title: "Message",
    description: "Hello\n",
    data: { source: "web" },
    contact_id: first.contact?.id,
    company_id: first.company?.id,
    deal_id: null,
  }]);
});

test("null clears a field, and the company when nothing else names one", async () => {
  const { contact } = await landings();
  await contact({ ...JANE, phone: PHONE, company_name: "Acme" });
  expect(await contact({ email: JANE.email, phone: null, company_name: null, company_id: null }))
    .toMatchObject({
      contact: { phone: null, company_id: null, first_name: "Jane" },
      company: null,
    });
  expect(await contact({ email: JANE.email, company_name: null, company_domain: "acme.com" }))
    .toMatchObject({ company: { name: "acme.com", created: true } });
  for (const field of ["company_domain", "company_id"]) {
    expect(await contact({ email: JANE.email, [field]: null })).toMatchObject({ company: null });
    await contact({ email: JANE.email, company_name: "Acme" });
  }
});

test("a new contact and its note take the day's quota, an update takes none", async () => {
  const { id, contact, stored } = await landings({ contacts_per_day: 1, activities_per_day: 1 });
  await contact({ phone: PHONE, message: "Hello" }, BY_PHONE);
  await contact({ phone: PHONE, title: "Head of Sales" }, BY_PHONE);
  await expect(contact({ phone: PHONE, message: "Hello" }, BY_PHONE))
    .rejects.toMatchObject({ limit: "activities_per_day" });
  await expect(contact({ phone: "+15551234568", company_name: "Acme" }, BY_PHONE))
    .rejects.toThrow(DailyLimitReached);
  expect(await stored("companies")).toEqual([]);
  expect(await stored("contacts")).toHaveLength(1);
  const used = `select sum(contacts)::int as contacts, sum(activities)::int as activities
    from crm.daily_usage where workspace_id = $1`;
  expect(await asOwner(used, [id])).toEqual([{ contacts: 1, activities: 1 }]);
});
