import { describe, expect, test } from "vitest";
import { ingestSchema } from "../../shared/crm/contact-ingest.ts";
import { contacts } from "../../shared/crm/contacts.ts";
import type { Fields } from "../../shared/crm/plan.ts";
import { loadRegistries } from "../../shared/crm/values/registries.ts";
import { validated } from "../../shared/refusals/validation.ts";
import { mistakes, wrongFields } from "../support/mistakes.ts";

await loadRegistries();

const TEXTS = ["first_name", "last_name", "title", "company_name", "source"];
const FIELDS = [...TEXTS, "email", "phone", "company_domain", "signal_strength", "message"];
const RULE = "At least one of email, phone, first_name, last_name is required.";

test("the fields are the columns that can be given at creation, with the names of a company", () => {
  const given = Object.entries(contacts.columns)
    .filter(([, { check, only }]) => check !== null && only !== "change")
    .map(([name]) => name);
  const fields = given.flatMap((name) =>
    name === "company_id" ? ["company_name", "company_domain"] : [name]
  );
  expect(Object.keys(ingestSchema.shape)).toEqual([...fields, "message"]);
});

function parse(given: unknown) {
  return validated(ingestSchema, given);
}

test("the spec's example is taken as it is, normalised", () => {
  const example = {
    first_name: "John",
    last_name: "Doe",
    email: "john.doe@example.com",
    phone: "+1-555-123-4567",
    title: "Product Manager",
    company_name: "Acme Inc",
    company_domain: "acme.com",
    source: "website_form",
    signal_strength: 75,
    message: "Interested in your enterprise plan",
  };
  expect(parse(example)).toEqual({ ...example, phone: "+15551234567" });
});

describe("at least one of email, phone, first_name, last_name", () => {
  test.each([
    { email: "a@example.com" },
    { phone: "+15551234567" },
    { first_name: "Ann" },
    { last_name: "李" },
    { email: null, last_name: "Lee" },
  ])("is in %j", (given) => {
    expect(parse(given)).toEqual(given);
  });

  test.each([
    {},
    { title: "Director", company_name: "Acme" },
    { email: null },
    { email: null, phone: null, first_name: null, last_name: null },
    { first_name: "" },
    { first_name: "  ", last_name: "\u3000" },
  ])("is not in %j", (given) => {
    expect(mistakes(() => parse(given))).toEqual([{ field: "email", message: RULE }]);
  });

  test.each([
    [{ emial: "a@example.com" }, ["email", "emial"]],
    [{ signal_strength: 101, other: 1 }, ["email", "other", "signal_strength"]],
    [{ title: 5 }, ["email", "title"]],
    [{ title: 5, signal_strength: 200, other: 1 }, ["email", "other", "signal_strength", "title"]],
    [{ company_domain: "x" }, ["company_domain", "email"]],
  ])("is asked for along with every other mistake of %j", (given, fields) => {
    expect(wrongFields(() => parse(given))).toEqual(fields);
  });

  test("is not asked for when one of them is merely wrong", () => {
    expect(wrongFields(() => parse({ phone: "abc" }))).toEqual(["phone"]);
    expect(wrongFields(() => parse({ first_name: 5 }))).toEqual(["first_name"]);
  });
});

describe("each field", () => {
  test.each(FIELDS)("%s may be null", (field) => {
    expect(parse({ email: "a@example.com", first_name: "Ann", [field]: null })).toMatchObject({
      [field]: null,
    });
  });

  test.each(FIELDS)("%s of a wrong type is named", (field) => {
    const wrong = [true, [], {}, ["a@example.com"], field === "signal_strength" ? "75" : 5];
    for (const value of wrong) {
      const given = { email: "a@example.com", first_name: "Ann", [field]: value };
      expect(new Set(wrongFields(() => parse(given)))).toEqual(new Set([field]));
    }
  });

  test.each(TEXTS)("%s has at most 255 characters", (field) => {
    const given = (value: string) => ({ email: "a@example.com", [field]: value });
    expect(parse(given("😀".repeat(255)))).toEqual(given("😀".repeat(255)));
    expect(wrongFields(() => parse(given("x".repeat(256))))).toEqual([field]);
  });

  test.each(["constructor", "__proto__", "toString"])("%s is unknown", (field) => {
    const given = JSON.parse(`{"email":"a@example.com","${field}":{"email":1}}`);
    expect(wrongFields(() => parse(given))).toEqual([field]);
  });
});

test.each(["first_name", "last_name", "title", "source", "message"])(
  "%s is kept as given, the space around a short text cut",
  (field) => {
    for (const value of ["Zoë 😀 مرحبا", "e\u0301", "a\nb\t\u200d\u2028b", "<b>'; --</b>"]) {
      expect(parse({ email: "a@example.com", [field]: value })).toMatchObject({ [field]: value });
      const kept = field === "message" ? ` ${value} ` : value;
      expect(parse({ email: "a@example.com", [field]: ` ${value} ` })).toMatchObject({
        [field]: kept,
      });
    }
  },
);

test.each(Object.keys(ingestSchema.shape))("%s that is blank is absent", (field) => {
  for (const blank of ["", " ", "\t\n", "\u3000"]) {
    const given = { email: "a@example.com", last_name: "Roe", [field]: blank };
    const { [field]: _, ...others } = { email: "a@example.com", last_name: "Roe" } as Fields;
    expect(parse(given)).toEqual(others);
  }
});

test.each(["gmail.com", "https://www.Web.de/", "yahoo.co.uk"])(
  "%s names no company, as anybody can have an address there",
  (company_domain) => {
    const given = { email: "a@example.com", company_domain };
    expect(parse(given)).toEqual({ email: "a@example.com" });
  },
);

test.each([0, 100, 0.1, 99.99, 50, -0])("signal_strength may be %d", (signal) => {
  expect(parse({ first_name: "Ann", signal_strength: signal })).toMatchObject({
    signal_strength: signal,
  });
});

test.each([-0.1, 100.1, -1, 101, 1e15, NaN, Infinity, "75", true])(
  "signal_strength must not be %o",
  (signal) => {
    const given = { first_name: "Ann", signal_strength: signal };
    expect(wrongFields(() => parse(given))).toEqual(["signal_strength"]);
  },
);
