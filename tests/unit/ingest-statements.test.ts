import { describe, expect, test } from "vitest";
import {
  ingestBriefly,
  ingestContacts,
  ingestedContacts,
  ingestSchema,
} from "../../shared/crm/contact-ingest.ts";
import { loadRegistries } from "../../shared/crm/values/registries.ts";
import { validated } from "../../shared/refusals/validation.ts";

await loadRegistries();

const ID = "01890a5d-ac96-774b-bcce-b302099a8057";

function parse(given: unknown) {
  return validated(ingestSchema, given);
}

/** What is sent to the database for one contact. */
function item(given: unknown): unknown {
  const [items] = ingestContacts([parse(given), parse({ email: "other@example.com" })]).values;
  return (JSON.parse(String(items)) as unknown[])[0];
}

describe("what is sent to the database", () => {
  const email = "a@example.com";

  test.each<[string, unknown, unknown]>([
    ["absent fields stay", { email }, { fields: { email } }],
    ["null clears", { email, title: null }, { fields: { email, title: null } }],
    ["blank is absent", { email, title: "" }, { fields: { email } }],
    ["0 is not absent", { email, signal_strength: 0 }, { fields: { email, signal_strength: 0 } }],
    ["a company is named", { email, company_name: " Acme " }, {
      fields: { email },
      company_name: "Acme",
    }],
    ["a null company unlinks", { email, company_name: null }, {
      fields: { email, company_id: null },
    }],
    ["a null domain unlinks", { email, company_domain: null }, {
      fields: { email, company_id: null },
    }],
    [
      "a name beside a null domain links",
      { email, company_name: "Acme", company_domain: null },
      { fields: { email }, company_name: "Acme" },
    ],
    ["a message goes along", { email, message: "Hi" }, { fields: { email }, message: "Hi" }],
    ["no message is none", { email, message: null }, { fields: { email } }],
  ])("%s", (_, given, expected) => {
    expect(item(given)).toEqual(expected);
  });

  test("is bound, whatever it says", () => {
    const hostile = parse({ first_name: "'; drop table crm.contacts; -- $1" });
    expect(ingestContacts([hostile]).text).toBe(ingestContacts([parse({ email })]).text);
  });
});

test("the answers come in the order of the input", () => {
  const inputs = [{ email: "a@example.com" }, { first_name: "Bob" }, {}];
  const row = (index: number, rest = {}) => ({
    item: index,
    refused_by: null,
    contact_created: false,
    company: null,
    id: ID,
    ...rest,
  });
  const company = { id: ID, name: "Acme", domain: null, created: true };
  expect(ingestedContacts(inputs, [
    row(3, { refused_by: "contacts_per_day", id: null }),
    row(2, { contact_created: true, company }),
    row(1),
  ])).toEqual([
    { contact: { id: ID }, created: false, company: null },
    { contact: { id: ID }, created: true, company },
    "contacts_per_day",
  ]);
});

test("an answer without a place belongs to the input of its email", () => {
  const done = (email: string, created: boolean) => ({
    item: null,
    refused_by: null,
    contact_created: created,
    id: ID,
    email,
  });
  const inputs = [{ email: "b@example.com" }, { email: "a@example.com" }];
  const rows = [done("a@example.com", true), done("b@example.com", false)];
  expect(ingestedContacts(inputs, rows)).toMatchObject([{ created: false }, { created: true }]);
});

describe("many go in one upsert", () => {
  const plan = (...given: object[]) => /app\.\w+/.exec(ingestBriefly(given.map(parse)).text)?.[0];
  const [a, b] = [{ email: "a@example.com", title: "Head of Sales" }, {
    email: "b@example.com",
    title: null,
  }];

  test.each<[string, object[], string]>([
    ["that give the same fields", [a, b], "app.ingest_alike"],
    ["that is one", [a], "app.ingest_alike"],
    ["not when they give other fields", [a, { email: "b@example.com" }], "app.ingest"],
    ["not when two are one person", [a, { ...a, title: "Engineer" }], "app.ingest"],
    ["not when one has no email", [a, { first_name: "Bob", title: "Engineer" }], "app.ingest"],
    ["not when one clears its email", [a, { ...b, email: null, phone: "1234" }], "app.ingest"],
    ["not when one names a company", [a, { ...b, company_name: "Acme" }], "app.ingest"],
    ["not when one unlinks its company", [a, { ...b, company_domain: null }], "app.ingest"],
    ["not when one brings a message", [a, { ...b, message: "Hi" }], "app.ingest"],
  ])("%s", (_, given, expected) => {
    expect(plan(...given)).toBe(expected);
  });
});
