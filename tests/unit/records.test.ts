import { describe, expect, test } from "vitest";
import { contacts } from "../../shared/crm/contacts.ts";
import { Conflict, InvalidInput, RecordNotFound } from "../../shared/refusals/errors.ts";
import {
  deletion,
  domainError,
  requireRecord,
  selectRecord,
  updateRecord,
} from "../../shared/crm/records.ts";

const ID = "01890a5d-ac96-774b-bcce-b302099a8057";

function postgresError(code: string, constraint?: string): Error {
  return Object.assign(new Error("Key (email)=(jane@example.com) exists"), { code, constraint });
}

describe("statements", () => {
  test.each([
    ["select", selectRecord(contacts, ID), [ID]],
    ["update", updateRecord(contacts, ID, { title: "Director" }), ["Director", ID]],
    ["delete", deletion(contacts, ID).statements[0]!, [ID]],
  ])("%s one contact, with its values bound", (verb, { text, values }, bound) => {
    expect(text.trim()).toMatch(new RegExp(`^${verb} .*"crm"\\."contacts".* where id = \\$`, "s"));
    expect(values).toEqual(bound);
    expect(text).not.toContain(ID);
  });

  test("answer the contact's columns in order", () => {
    const columns = Object.keys(contacts.schema.shape).map((column) => `"${column}"`).join(", ");
    expect(selectRecord(contacts, ID).text).toContain(`select ${columns} from`);
    expect(updateRecord(contacts, ID, { title: null }).text).toContain(`returning ${columns}`);
  });
});

test("the one record is the first row, or is not found", () => {
  expect(requireRecord(contacts, ID, [{ id: ID }])).toEqual({ id: ID });
  for (const rows of [[], undefined]) {
    expect(() => requireRecord(contacts, ID, rows)).toThrow(new RecordNotFound("contact", ID));
  }
});

describe("what the database refuses", () => {
  test.each([
    ["23505", "contacts_email_key", Conflict, "email"],
    ["23503", "contacts_company_id_fkey", InvalidInput, "company_id"],
  ])("as %s of %s is a mistake of the request", (code, constraint, type, field) => {
    const rule = domainError(contacts, postgresError(code, constraint));
    expect(rule).toBeInstanceOf(type);
    const fields = [{ field, message: expect.not.stringContaining("jane@example.com") }];
    expect(rule).toMatchObject({ fields });
  });

  test.each([
    ["an unknown constraint", postgresError("23505", "other_key")],
    ["no constraint", postgresError("23505")],
    ["a value out of range", postgresError("22003")],
    ["a missing column", postgresError("42703")],
    ["an error of ours", new TypeError("x")],
    ["no error", "x"],
  ])("for %s stays as it is", (_, error) => {
    expect(domainError(contacts, error)).toBe(error);
  });
});
