import { beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { InvalidInput } from "../../shared/refusals/errors.ts";
import {
  collectMistakes,
  pathText,
  unknownField,
  validated,
} from "../../shared/refusals/validation.ts";
import { email } from "../../shared/crm/values/fields.ts";
import { loadRegistries } from "../../shared/crm/values/registries.ts";
import { mistakes, wrongFields } from "../support/mistakes.ts";

beforeAll(loadRegistries);

const batch = z.strictObject({
  contacts: z.array(z.strictObject({
    email: z.string().min(3, "Is too short"),
    company: z.strictObject({ name: z.string() }).optional(),
  })),
  options: z.strictObject({ stop_on_error: z.boolean().default(false) }).optional(),
});

const GOOD = { email: "a@example.com" };

test("what is valid is passed on, with its defaults", () => {
  const value = { contacts: [GOOD], options: {} };
  const expected = { contacts: [GOOD], options: { stop_on_error: false } };
  expect(validated(batch, value)).toEqual(expected);
});

describe("a mistake has the path of its field", () => {
  test.each<[unknown, string]>([
    [{ contacts: "none" }, "contacts"],
    [{}, "contacts"],
    [{ contacts: [5] }, "contacts[0]"],
    [{ contacts: [GOOD, GOOD, GOOD, { email: 5 }] }, "contacts[3].email"],
    [{ contacts: [GOOD, {}] }, "contacts[1].email"],
    [{ contacts: [{ ...GOOD, company: { name: null } }] }, "contacts[0].company.name"],
    [{ contacts: [], options: { stop_on_error: "yes" } }, "options.stop_on_error"],
    [{ contacts: [GOOD, { ...GOOD, emial: 1 }] }, "contacts[1].emial"],
    [{ contacts: [], options: { stop_on_eror: true } }, "options.stop_on_eror"],
    [{ contacts: [], contatcs: [] }, "contatcs"],
    [null, "body"],
    [[], "body"],
    ["contacts", "body"],
  ])("%j: %s", (value, field) => {
    expect(wrongFields(() => validated(batch, value))).toEqual([field]);
  });
});

describe("a mistake tells the rule it breaks, where an API may have its own words", () => {
  const person = z.strictObject({
    name: z.string(),
    kind: z.enum(["a", "b"]),
    email: email().nullable().optional(),
    friends: z.array(z.strictObject({ email: email() })).optional(),
  }).refine(({ name }) => name !== "nobody", { path: ["email"], message: "Name or email" });
  const GIVEN = { name: "Ada", kind: "a" };

  test.each<[string, unknown, Record<string, string | undefined>]>([
    ["required", {}, { name: "required", kind: "required" }],
    ["of null", { name: null, kind: null }, { name: undefined, kind: undefined }],
    ["no address", { ...GIVEN, email: "nope" }, { email: "email" }],
    ["no text", { ...GIVEN, email: 5 }, { email: "email" }],
    ["too long", { ...GIVEN, email: `${"x".repeat(320)}@example.com` }, { email: "email" }],
    ["within", { ...GIVEN, friends: [{ email: "x" }, {}] }, {
      "friends[0].email": "email",
      "friends[1].email": "required",
    }],
    ["of all fields", { ...GIVEN, name: "nobody" }, { email: undefined }],
    ["unknown", { ...GIVEN, emial: "x" }, { emial: undefined }],
  ])("%s", (_, value, rules) => {
    const found = mistakes(() => validated(person, value));
    expect(Object.fromEntries(found.map(({ field, rule }) => [field, rule]))).toEqual(rules);
  });
});

test("every mistake is in one answer", () => {
  const value = {
    contacts: [{ email: "x" }, { email: 5, company: { name: 1, town: 2 }, zip: 3 }],
    options: { stop_on_error: 0 },
    other: 1,
    another: 2,
  };
  expect(wrongFields(() => validated(batch, value))).toEqual([
    "another",
    "contacts[0].email",
    "contacts[1].company.name",
    "contacts[1].company.town",
    "contacts[1].email",
    "contacts[1].zip",
    "options.stop_on_error",
    "other",
  ]);
});

test("messages are sentences", () => {
  const [mistake] = mistakes(() => validated(batch, { contacts: [{ email: "x" }] }));
  expect(mistake?.message).toBe("Is too short.");
});

describe("an unknown field is answered with the nearest known one", () => {
  test.each([
    [{ contatcs: 1 }, "contatcs", "Unknown; did you mean contacts?"],
    [{ unheard_of: 1 }, "unheard_of", "Unknown; known are contacts, options."],
    [
      { options: { stop_on_eror: 1 } },
      "options.stop_on_eror",
      "Unknown; did you mean stop_on_error?",
    ],
    [{ options: { contact: 1 } }, "options.contact", "Unknown; known are stop_on_error."],
    [{ contacts: [{ ...GOOD, emial: 1 }] }, "contacts[0].emial", "Unknown; did you mean email?"],
  ])("%j", (value, field, message) => {
    expect(mistakes(() => validated(batch, { contacts: [], ...value }))).toEqual([{
      field,
      message,
    }]);
  });

  test.each([
    ["emial", "did you mean email?"],
    ["Email", "did you mean email?"],
    ["emails", "did you mean email?"],
    ["fone", "did you mean phone?"],
    ["firstName", "did you mean first_name?"],
    ["surname", "known are email, phone, first_name."],
    ["", "known are email, phone, first_name."],
  ])("%o", (name, hint) => {
    expect(unknownField(name, ["email", "phone", "first_name"])).toBe(`Unknown; ${hint}`);
  });
});

test("a name of any length is answered", () => {
  expect(unknownField("email".repeat(10_000), ["email"])).toBe("Unknown; known are email.");
});

test.each([
  [[], ""],
  [["email"], "email"],
  [["contacts", 3, "email"], "contacts[3].email"],
  [["contacts", "3"], "contacts.3"],
  [["a", 0, 1, "b", "c"], "a[0][1].b.c"],
])("the path %j is %o", (path, text) => {
  expect(pathText(path)).toBe(text);
});

describe("both", () => {
  const refuse = (...fields: string[]) => (): never => {
    throw new InvalidInput(fields.map((field) => ({ field, message: "Is wrong." })));
  };

  test("gives both results", () => {
    expect(collectMistakes(() => 1, () => "two")).toEqual([1, "two"]);
  });

  test("gives the mistakes of both", () => {
    expect(mistakes(() => collectMistakes(refuse("a", "b"), refuse("c"))).map(({ field }) => field))
      .toEqual(["a", "b", "c"]);
    expect(wrongFields(() => collectMistakes(() => 1, refuse("c")))).toEqual(["c"]);
    expect(wrongFields(() => collectMistakes(refuse("a"), () => 2))).toEqual(["a"]);
  });

  test("bears as many mistakes as a body can have", () => {
    const many = Array.from({ length: 250_000 }, () => ({ field: "a", message: "Is wrong." }));
    const refuseMany = () => {
      throw new InvalidInput(many);
    };
    expect(() => collectMistakes(() => 1, refuseMany)).toThrow(InvalidInput);
  });

  test("passes other errors on", () => {
    const broken = () => {
      throw new TypeError("broken");
    };
    expect(() => collectMistakes(refuse("a"), broken)).toThrow(TypeError);
  });
});
