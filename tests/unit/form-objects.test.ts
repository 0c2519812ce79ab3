import { expect, test } from "vitest";
import { compileExpression } from "../../shared/connectors/expressions/expression.ts";
import { loadRegistries } from "../../shared/crm/values/registries.ts";
import { patientBudget } from "../support/patient-budget.ts";

await loadRegistries();

const evaluated = (text: string, event: unknown) =>
  compileExpression(text).evaluate(event, patientBudget());
const read = (form: object) => evaluated("$person($answers($))", form);

const PHONE = "+1 415 555 0132";

test.each<[object, object]>([
  [{ phones: [{ type: "work", number: PHONE }] }, { phone: PHONE, message: "phones type: work" }],
  [
    { emails: [{ kind: "work", address: "a@example.com" }, { kind: "home", address: "b@x.com" }] },
    {
      email: "a@example.com",
      message: "emails kind: work\nemails: b@x.com\nemails kind: home",
    },
  ],
  [
    { phone: { code: "US", national: "(415) 555-0132", e164: "+14155550132" } },
    { phone: "(415) 555-0132", message: "phone code: US\nphone e164: +14155550132" },
  ],
  [{ phone: { label: "Mobile", value: PHONE } }, { phone: PHONE }],
  [{ email: { value: "a@example.com" } }, { email: "a@example.com" }],
])("a number or an address among what is said of it is found: %j", async (form, person) => {
  expect(await read(form)).toEqual(person);
});

test("what a form sends for itself is no answer", async () => {
  const form = {
    "your-email": "a@example.com",
    _wpcf7: "12",
    _wpcf7_unit_tag: "wpcf7-f12",
    "g-recaptcha-response": "03AFY",
    authenticity_token: "x",
    _note: "kept",
  };
  expect(await read(form)).toEqual({ email: "a@example.com", message: "note: kept" });
});

test.each<[unknown, string]>([
  ['["A", "B"]', "A, B"],
  [{ budget: "10k", when: "soon" }, "budget: 10k, when: soon"],
  [{ size: "XL" }, "XL"],
  [{ line1: "1 Main St", city: "Berlin", zip: "10115" }, "1 Main St Berlin 10115"],
  [{ day: "1", month: "2", year: "2026" }, "1 2 2026"],
  [[{ Child: "Kid", Born: "2019" }], "Child: Kid, Born: 2019"],
])("the answer %j is read as %j", async (value, text) => {
  const answers = [{ question: "It", value }];
  expect(await evaluated("$person($)", answers)).toEqual({ message: `It: ${text}` });
});

test.each<[string, object]>([
  ['{"a": "x, y", "b": {"c": 1, "d": 2}, "e": "cut o', { a: "x, y", b: { c: 1, d: 2 } }],
  ['{"a": "1", "b": "say "no", all right", "c": "2"}', { a: "1" }],
  ['{"a": "1", "b": "two\nlines", "c": "2"}', { a: "1" }],
  ['{"a": "1",}', { a: "1" }],
  ['["a", "b"]', {}],
  ["", {}],
  ["a=1", {}],
])("$opened reads %j as far as it goes", async (json, fields) => {
  expect(await evaluated("$opened($.json)", { json }))
    .toEqual({ fields, broken: expect.stringMatching(/^Must be/) });
});

test("$opened reads whole JSON whole", async () => {
  const json = '{"a": 1, "b": {"c": [2]}}';
  expect(await evaluated("$opened($.json)", { json })).toEqual({ fields: { a: 1, b: { c: [2] } } });
});

test.each<[object, object]>([
  [{ Phone: "'+49 30 901820" }, { phone: "+49 30 901820" }],
  [{ "Wie dürfen wir Sie nennen?": "Eva Klein" }, { first_name: "Eva", last_name: "Klein" }],
  [{ "Für welches Unternehmen arbeiten Sie?": "Klein" }, { company: "Klein" }],
  [{ "Was ist Ihre Rolle?": "Leitung" }, { title: "Leitung" }],
  [{ "Votre poste actuel": "Chef" }, { title: "Chef" }],
])("%j is read as %j", async (form, person) => {
  expect(await read(form)).toEqual(person);
});
