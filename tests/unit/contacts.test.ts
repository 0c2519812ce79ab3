import { describe, expect, test } from "vitest";
import { contacts } from "../../shared/crm/contacts.ts";
import { updateRecord } from "../../shared/crm/records.ts";
import { loadRegistries } from "../../shared/crm/values/registries.ts";
import { validated } from "../../shared/refusals/validation.ts";
import { mistakes, wrongFields } from "../support/mistakes.ts";

await loadRegistries();

const ID = "01890a5d-ac96-774b-bcce-b302099a8057";
const UPDATABLE = [
  "first_name",
  "last_name",
  "email",
  "phone",
  "title",
  "company_id",
  "source",
  "status",
];

function parse(given: unknown) {
  return validated(contacts.update, given);
}

test("the fields of the spec can be updated, and no others", () => {
  expect(Object.keys(contacts.update.shape)).toEqual(UPDATABLE);
});

test("lists are filtered, sorted and searched as in the spec", () => {
  expect(contacts.filters).toEqual(["email", "company_id", "status"]);
  const sorts = ["created_at", "updated_at", "first_name", "last_name", "email"];
  expect(Object.keys(contacts.sorts)).toEqual(sorts);
  expect(contacts.search).toBe("app.find_contacts");
});

describe("an update", () => {
  test.each([
    [{ title: "Senior Product Manager", phone: "+1-555-999-0000" }, {
      title: "Senior Product Manager",
      phone: "+15559990000",
    }],
    [{ email: " Jane@Example.COM" }, { email: "jane@example.com" }],
    [{ company_id: ID.toUpperCase() }, { company_id: ID }],
    [{ first_name: "", email: " ", status: "", title: "CEO " }, { title: "CEO" }],
    [{ status: "x".repeat(64) }, { status: "x".repeat(64) }],
    [{}, {}],
  ])("of %j is taken", (given, expected) => {
    expect(parse(given)).toEqual(expected);
  });

  test.each(UPDATABLE.filter((field) => field !== "status"))("clears %s with null", (field) => {
    expect(parse({ [field]: null })).toEqual({ [field]: null });
  });

  test.each<[unknown, string[]]>([
    [{ status: null }, ["status"]],
    [{ status: "x".repeat(65) }, ["status"]],
    [{ first_name: "x".repeat(256) }, ["first_name"]],
    [{ email: "x" }, ["email"]],
    [{ phone: 5 }, ["phone"]],
    [{ company_id: "x" }, ["company_id"]],
    [{ company_id: `{${ID}}` }, ["company_id"]],
    [{ id: ID }, ["id"]],
    [{ workspace_id: ID }, ["workspace_id"]],
    [{ created_at: "2026-11-21" }, ["created_at"]],
    [{ signal_strength: 5 }, ["signal_strength"]],
    [{ company_name: "Acme" }, ["company_name"]],
    [{ email: "x", phone: 5, status: null, other: 1 }, ["email", "other", "phone", "status"]],
  ])("of %j is refused", (given, fields) => {
    expect(wrongFields(() => parse(given))).toEqual(fields);
  });

  test("names the field that was meant", () => {
    const message = "Unknown; did you mean company_id?";
    expect(mistakes(() => parse({ compny_id: null }))).toEqual([{ field: "compny_id", message }]);
  });

  test("leaves absent fields out of the statement and binds the others", () => {
    const hostile = "'; drop table crm.contacts; --";
    const { text, values } = updateRecord(contacts, ID, parse({ phone: null, title: hostile }));
    expect(text).toMatch(
      /^update "crm"\."contacts" set "phone" = \$1, "title" = \$2 where id = \$3/,
    );
    expect(values).toEqual([null, hostile, ID]);
  });
});
