import { describe, expect, test } from "vitest";
import { matchingSchema } from "../../shared/connectors/matching.ts";
import { targetSchemas } from "../../shared/connectors/target-fields.ts";
import { loadRegistries } from "../../shared/crm/values/registries.ts";
import { validated } from "../../shared/refusals/validation.ts";
import { mistakes, wrongFields } from "../support/mistakes.ts";

await loadRegistries();

const UUID = "01890A5D-AC96-774B-BCCE-B302099A8057";

describe("matching rules", () => {
  test("have defaults, each of its own", () => {
    const defaults = { contact: ["email"], company: ["domain", "name"], deal: ["id", "title"] };
    expect(validated(matchingSchema, {})).toEqual({ ...defaults, create_missing: true });
    expect(validated(matchingSchema, { contact: ["phone", "id"], create_missing: false }))
      .toEqual({ ...defaults, contact: ["phone", "id"], create_missing: false });
  });

  test.each([
    [{ contact: [] }, "contact", "Must name at least one of email, phone, id."],
    [{ company: ["name", "domain", "name"] }, "company", "Must name each rule once."],
    [{ deal: ["number"] }, "deal[0]", "Must be one of id, title."],
    [{ contact: "email" }, "contact", "Must be an array; it is a string."],
    [{ create_missing: "no" }, "create_missing", "Must be a boolean; it is a string."],
    [{ contacts: ["email"] }, "contacts", "Unknown; did you mean contact?"],
  ])("refuse %o", (given, field, message) => {
    expect(mistakes(() => validated(matchingSchema, given))).toEqual([{ field, message }]);
  });
});

describe("the fields of a contact", () => {
  test("are stored in the form that rules compare", () => {
    const given = { email: " Jane@ACME.com", phone: "+1 (555) 123-4567", contact_id: UUID };
    const company = { company_domain: "https://www.Acme.com/x", company_name: " Acme " };
    const deal = { deal_title: " Licence ", deal_value: 12.5, deal_currency: "eur" };
    expect(validated(targetSchemas.contact, { ...given, ...company, ...deal })).toEqual({
      email: "jane@acme.com",
      phone: "+15551234567",
      contact_id: UUID.toLowerCase(),
      company_domain: "acme.com",
      company_name: "Acme",
      deal_title: "Licence",
      deal_value: "12.5",
      deal_currency: "EUR",
    });
  });

  test.each(["email", "phone", "first_name", "last_name", "contact_id"])(
    "need no more than %s",
    (field) => {
      const samples: Record<string, string> = {
        email: "jane@acme.com",
        phone: "030 901820",
        contact_id: UUID,
      };
      const given = { [field]: samples[field] ?? "Jane" };
      expect(Object.keys(validated(targetSchemas.contact, given))).toEqual([field]);
    },
  );

  test("need one that identifies, and every mistake is named", () => {
    const message = "At least one of email, phone, first_name, last_name, contact_id is required.";
    expect(mistakes(() => validated(targetSchemas.contact, { company_id: UUID, last_name: " " })))
      .toEqual([{ field: "email", message }]);
    const wrong = { deal_title: 1, deal_value: "a lot", company_id: "7", entity_id: UUID };
    expect(wrongFields(() => validated(targetSchemas.contact, wrong)))
      .toEqual(["company_id", "deal_title", "deal_value", "email", "entity_id"]);
  });
});

describe("the fields of an activity", () => {
  test("are an activity's own, and what names the records to link", () => {
    const names = { contact_first_name: "Jane", contact_last_name: "Roe", company_name: " Acme " };
    const given = { type: "note", contact_phone: "+1 555 123 4567", ...names, deal_stage: " Won" };
    expect(validated(targetSchemas.activity, given)).toEqual({
      ...given,
      contact_phone: "+15551234567",
      company_name: "Acme",
      deal_stage: "Won",
    });
  });

  test("need a type", () => {
    expect(mistakes(() => validated(targetSchemas.activity, { title: "Hello" })))
      .toEqual([{ field: "type", message: "Is required; must be a string.", rule: "required" }]);
  });
});
