import { describe, expect, test } from "vitest";
import { landings } from "../support/landings.ts";

const PHONE = "+4930901820";
const FORM = { contact: ["email" as const, "phone" as const] };
const JANE = { email: "jane@acme.com", first_name: "Jane", last_name: "Roe", phone: PHONE };

describe("whoever has the same number", () => {
  test.each([
    ["the same name", { first_name: "Lia", last_name: "Park" }],
    ["the same name in other letters", { first_name: "LÍA", last_name: "park" }],
    ["a part of the name", { first_name: "Lia" }],
    ["no name", { title: "Head of Sales" }],
    ["an email that is not known yet", { first_name: "Lia", email: "lia@example.com" }],
  ])("is the same with %s", async (_, given) => {
    const { contact, insert, stored } = await landings();
    const id = await insert("contacts", { first_name: "Lia", last_name: "Park", phone: PHONE });
    expect(await contact({ ...given, phone: "+49 (30) 90-18 20" }, FORM))
      .toMatchObject({ outcome: "updated", contact: { id }, matched_by: { contact: "phone" } });
    expect(await stored("contacts")).toHaveLength(1);
  });

  test.each([
    ["another email", { email: "joe@acme.com" }],
    ["another email and the same name", { ...JANE, email: "jane@example.com" }],
    ["another name", { first_name: "Joe", last_name: "Roe" }],
  ])("is somebody else with %s", async (_, given) => {
    const { contact, insert, stored } = await landings();
    await insert("contacts", JANE);
    expect(await contact({ ...given, phone: PHONE }, FORM))
      .toMatchObject({ outcome: "created", matched_by: { contact: null } });
    expect(await stored("contacts")).toMatchObject([JANE, given]);
  });

  test("is not who has the given email, by whatever rule comes first", async () => {
    const { contact, insert, stored } = await landings();
    const jane = await insert("contacts", { email: JANE.email });
    await insert("contacts", { phone: PHONE });
    const given = { email: JANE.email, phone: PHONE };
    expect(await contact(given, { contact: ["phone", "email"] }))
      .toMatchObject({ contact: { id: jane, phone: PHONE }, matched_by: { contact: "email" } });
    expect(await stored("contacts")).toHaveLength(2);
  });

  test("is found by a number without a country, however it is written", async () => {
    const { contact, insert } = await landings();
    const id = await insert("contacts", { first_name: "Lia", phone: "(030) 90 18 20" });
    expect(await contact({ first_name: "Lia", phone: "030/901820" }, FORM))
      .toMatchObject({ outcome: "updated", contact: { id } });
  });
});

test.each([
  ["DE", "(030) 90 18 20", "+4930901820"],
  ["DE", "+4930901820", "030/901820"],
  ["DE", "0049 30 901820", "030 90 18 20"],
  ["AT", "+4351700", "05 1700"],
  ["US", "(415) 555-0132", "+1 415 555 0132"],
  ["US", "1-415-555-0132", "415.555.0132"],
  ["US", "011 49 30 901820", "+49 30 901820"],
  ["RU", "8 (495) 123-45-67", "+7 495 123-45-67"],
  ["HU", "06 1 234 5678", "+36 1 234 5678"],
  ["IT", "06 1234 5678", "+39 06 1234 5678"],
  ["AR", "011 15-2345-6789", "+54 9 11 2345-6789"],
  ["DE", "(030) 901820 x12", "+49 30 901820 ext. 12"],
])("in a workspace of %s, %s and %s are one number", async (default_country, stored, given) => {
  const { contact, insert } = await landings({ default_country });
  const id = await insert("contacts", { first_name: "Lia", phone: stored });
  expect(await contact({ first_name: "Lia", phone: given }, FORM))
    .toMatchObject({ outcome: "updated", contact: { id, phone: expect.stringMatching(/\d/) } });
});

test.each([
  [null, "(030) 90 18 20", "+4930901820"],
  ["AT", "(030) 90 18 20", "+4930901820"],
  ["IT", "6 1234 5678", "+39 06 1234 5678"],
  ["DE", "+49 30 901820", "+49 30 901820 ext. 12"],
  ["DE", "+49 30 9018201 ext. 2", "+49 30 901820 ext. 12"],
])("in a workspace of %s, %s and %s are two numbers", async (default_country, stored, given) => {
  const { contact, insert } = await landings({ default_country });
  await insert("contacts", { first_name: "Lia", phone: stored });
  expect(await contact({ first_name: "Lia", phone: given }, FORM))
    .toMatchObject({ outcome: "created" });
});

test("of several ways to write a number that is one in the country, the oldest contact has it", async () => {
  const { contact, insert } = await landings({ default_country: "DE" });
  const oldest = await insert("contacts", { first_name: "Lia", phone: "030 901820" });
  await insert("contacts", { first_name: "Lia", phone: "+4930901820" });
  expect(await contact({ first_name: "Lia", phone: "+4930901820" }, FORM))
    .toMatchObject({ contact: { id: oldest } });
});

describe("a default", () => {
  const given = { email: JANE.email, source: "tally", title: "Lead" };
  const defaulted = ["source", "title"];

  test("is all there is to say of a contact that is new", async () => {
    const { contact } = await landings();
    expect(await contact(given, {}, defaulted)).toMatchObject({
      outcome: "created",
      contact: given,
    });
  });

  test("fills what is empty, and stays away from what is known", async () => {
    const { contact, insert } = await landings();
    const id = await insert("contacts", { email: JANE.email, source: "google_ads" });
    expect(await contact({ ...given, last_name: "Doe" }, {}, defaulted)).toMatchObject({
      outcome: "updated",
      contact: { id, source: "google_ads", title: "Lead", last_name: "Doe" },
    });
    expect(await contact(given)).toMatchObject({ contact: { id, source: "tally" } });
  });

  test("of the company moves nobody who has one", async () => {
    const { contact, insert } = await landings();
    const company_id = await insert("companies", { name: "Acme" });
    await insert("contacts", { email: JANE.email, company_id });
    const company = { email: JANE.email, company_name: "Agency" };
    expect(await contact(company, {}, ["company_name"])).toMatchObject({ contact: { company_id } });
    expect((await contact(company)).contact?.company_id).not.toBe(company_id);
  });
});

test.each([
  ["O’Brien & Sons", "O'BRIEN and  Sons"],
  ["Smith&Co", "smith & co"],
  ["Ｍüller\u00a0GmbH", "Mu\u0308ller GmbH "],
])("%s and %s are one company", async (stored, given) => {
  const { contact, insert } = await landings();
  const id = await insert("companies", { name: stored });
  expect(await contact({ ...JANE, company_name: given }))
    .toMatchObject({ company: { id, created: false }, matched_by: { company: "name" } });
});
