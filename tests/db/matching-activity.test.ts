import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { LosslessNumber } from "lossless-json";
import { landings } from "../support/landings.ts";
import { asOwner } from "../support/workspace.ts";

const NOTE = { type: "support_ticket_created", title: "Broken" };
const EMAIL = "jane@acme.com";
const PHONE = "+15551234567";
const ALL = {
  contact: ["email" as const, "phone" as const, "id" as const],
  company: ["domain" as const, "name" as const, "id" as const],
};

describe("an activity is linked to", () => {
  test("what the rules find, which stays as it is", async () => {
    const { activity, insert, stored } = await landings();
    const contact_id = await insert("contacts", { email: EMAIL, first_name: "Jane" });
    const company_id = await insert("companies", { name: "Acme", domain: "acme.com" });
    const deal_id = await insert("deals", { title: "Licence" });
    const before = [await stored("contacts"), await stored("companies"), await stored("deals")];
    const given = { contact_phone: PHONE, contact_first_name: "Janet", company_name: "Umbrella" };
    const named = { entity_email: EMAIL, entity_domain: "acme.com", deal_title: "licence" };
    const landed = await activity({ ...NOTE, ...named, ...given, deal_value: 5 }, ALL);
    expect(landed).toMatchObject({
      outcome: "created",
      activity: { ...NOTE, contact_id, company_id, deal_id, unmatched: [] },
      contact: { id: contact_id, email: EMAIL, first_name: "Jane", phone: null },
      before: null,
      company: { id: company_id, name: "Acme", domain: "acme.com", created: false },
      deal: { id: deal_id, title: "Licence", created: false },
      matched_by: { contact: "email", company: "domain", deal: "title" },
    });
    expect(before)
      .toEqual([await stored("contacts"), await stored("companies"), await stored("deals")]);
  });

  test("what they find by phone, name and ids", async () => {
    const { activity, insert } = await landings();
    const contact_id = await insert("contacts", { phone: PHONE });
    const company_id = await insert("companies", { name: "Acme" });
    const entity_id = await insert("deals", { title: "Licence" });
    const links = { contact_id, company_id, deal_id: entity_id };
    expect(await activity({ ...NOTE, contact_phone: PHONE, company_name: "ACME", entity_id }, ALL))
      .toMatchObject({
        activity: links,
        matched_by: { contact: "phone", company: "name", deal: "id" },
      });
    expect(await activity({ ...NOTE, contact_id, company_id, deal_title: "Licence" }, ALL))
      .toMatchObject({
        activity: links,
        matched_by: { contact: "id", company: "id", deal: "title" },
      });
  });

  test("what is made of the rest, linked to one another", async () => {
    const { activity, stored } = await landings();
    const names = { contact_first_name: "Jane", contact_last_name: "Roe", contact_phone: PHONE };
    const deal = { deal_title: "Licence", deal_value: 12.5, deal_stage: "Proposal" };
    const given = { ...NOTE, entity_email: EMAIL, entity_domain: "acme.com", ...names, ...deal };
    const landed = await activity({ ...given, company_name: "Acme" });
    const { contact_id, company_id, deal_id, ...rest } = landed.activity ?? {};
    expect(rest.unmatched).toEqual([]);
    expect(landed.matched_by).toEqual({ contact: null, company: null, deal: null });
    expect(await stored("companies"))
      .toMatchObject([{ id: company_id, name: "Acme", domain: "acme.com" }]);
    expect(await stored("contacts")).toMatchObject([
      { id: contact_id, company_id, email: EMAIL, phone: PHONE, last_name: "Roe" },
    ]);
    expect(await stored("deals")).toMatchObject([
      { id: deal_id, contact_id, company_id, value: "12.5", stage: "Proposal" },
    ]);
  });

  test("a contact of an email that no rule looks for, rather than one made twice", async () => {
    const { activity, insert } = await landings();
    const contact_id = await insert("contacts", { email: EMAIL });
    const given = { ...NOTE, entity_email: EMAIL, contact_phone: PHONE };
    expect(await activity(given, { contact: ["phone"] }))
      .toMatchObject({ activity: { contact_id }, matched_by: { contact: "email" } });
  });

  test("nothing of another workspace", async () => {
    const [theirs, mine] = [await landings(), await landings()];
    const given = {
      contact_id: await theirs.insert("contacts", { email: EMAIL }),
      company_id: await theirs.insert("companies", { name: "Acme" }),
      entity_id: await theirs.insert("deals", { title: "Licence" }),
    };
    expect(await mine.activity({ ...NOTE, ...given }, { contact: ["id"], company: ["id"] }))
      .toMatchObject({
        activity: { contact_id: null, company_id: null, deal_id: null },
        contact: null,
        company: null,
        deal: null,
      });
  });
});

test("an activity's fields that name nothing are told", async () => {
  const { activity, insert } = await landings();
  const entity_email = EMAIL;
  const ids = { contact_id: randomUUID(), company_id: randomUUID(), entity_id: randomUUID() };
  const given = { ...NOTE, entity_email, contact_phone: null, company_name: "Acme", ...ids };
  const unmatched = async (fields: object, create_missing = false) =>
    (await activity({ ...NOTE, ...fields }, { ...ALL, create_missing })).activity?.unmatched;
  expect(await unmatched(given))
    .toEqual(["entity_email", "contact_id", "company_name", "company_id", "entity_id"]);
  expect(await unmatched(given, true)).toEqual(["entity_id"]);
  expect(await unmatched(ids, true)).toEqual(["contact_id", "company_id", "entity_id"]);
  await insert("contacts", { phone: PHONE });
  expect(await unmatched({ entity_email: "joe@acme.com", contact_phone: PHONE })).toEqual([]);
  expect(await unmatched({ contact_first_name: "Joe", deal_title: "Order" }))
    .toEqual(["contact_first_name", "deal_title"]);
  expect(await unmatched({})).toEqual([]);
});

test("an activity keeps its fields, and has defaults for the others", async () => {
  const { id, activity } = await landings();
  const digits = new LosslessNumber("12345678901234567890.5");
  const full = {
    type: "call",
    title: "Call",
    description: " a\n\tb",
    timestamp: "2026-01-15T10:30:00.25+01:00",
    data: { digits, list: [null, { a: false }] },
  };
  expect((await activity(full)).activity)
    .toMatchObject({ ...full, title: "Call", timestamp: "2026-01-15T09:30:00.250000Z" });
  const [kept] = await asOwner("select data::text from crm.activities where workspace_id = $1", [
    id,
  ]);
  expect(kept?.data).toContain('"digits": 12345678901234567890.5');
  const { activity: bare } = await activity({ type: "call", title: null, data: null });
  expect(bare).toMatchObject({ type: "call", title: null, description: null, data: {} });
  expect(bare?.timestamp).toBe(bare?.created_at);
});

test("an activity takes of the day's quota, and a contact made for it too", async () => {
  const { id, activity, stored } = await landings({ contacts_per_day: 1, activities_per_day: 3 });
  await activity({ ...NOTE, entity_email: EMAIL });
  await activity({ ...NOTE, entity_email: EMAIL });
  await expect(activity({ ...NOTE, entity_email: "joe@acme.com" }))
    .rejects.toMatchObject({ limit: "contacts_per_day" });
  await activity(NOTE);
  await expect(activity({ ...NOTE, company_name: "Acme" }))
    .rejects.toMatchObject({ name: "DailyLimitReached", limit: "activities_per_day" });
  expect([await stored("activities"), await stored("contacts"), await stored("companies")])
    .toMatchObject([{ length: 3 }, { length: 1 }, { length: 0 }]);
  const used = `select sum(contacts)::int as contacts, sum(activities)::int as activities
    from crm.daily_usage where workspace_id = $1`;
  expect(await asOwner(used, [id])).toEqual([{ contacts: 1, activities: 3 }]);
});
