import { describe, expect, test } from "vitest";
import { contacts } from "../../shared/crm/contacts.ts";
import { listParameters } from "../../shared/dialects/lumenbase/lists.ts";
import { validated } from "../../shared/refusals/validation.ts";
import { mistakes, wrongFields } from "../support/mistakes.ts";

const SORTS = ["created_at", "updated_at", "first_name", "last_name", "email"];
const NUMBERLESS = ["-1", "1.5", "1e3", " 1", "+1", "0x1", "abc", "١", "9".repeat(40)];

function parse(given: Record<string, string>) {
  return validated(listParameters(contacts), given);
}

describe("parameters", () => {
  test("have the defaults of the spec", () => {
    expect(parse({})).toEqual({ per_page: 25, sort_by: "created_at", sort_order: "desc" });
  });

  test.each([["page", ["1", "2", "01", "1000000000"]], ["per_page", ["1", "25", "100"]]])(
    "%s may be %o",
    (name, values) => {
      expect(values.map((value) => parse({ [name]: value }))).toMatchObject(
        values.map((value) => ({ [name]: Number(value) })),
      );
    },
  );

  test.each([
    ...["0", ...NUMBERLESS].flatMap((value) => [["page", value], ["per_page", value]]),
    ["page", "1000000001"],
    ["per_page", "101"],
  ])("%s must not be %s", (name, value) => {
    const [mistake, ...others] = mistakes(() => parse({ [name]: value }));
    expect(mistake).toEqual({
      field: name,
      message: expect.stringContaining("whole number from 1 to"),
    });
    expect(others).toEqual([]);
  });

  test.each(SORTS)("sort by %s", (sort) => {
    expect(parse({ sort_by: sort })).toMatchObject({ sort_by: sort });
  });

  test.each([
    ["emial", "did you mean email?"],
    ["firstname", "did you mean first_name?"],
    ["phone", SORTS.join(", ")],
    ["id", SORTS.join(", ")],
    ["constructor", SORTS.join(", ")],
    ["__proto__", SORTS.join(", ")],
    ["email; drop table crm.contacts", SORTS.join(", ")],
  ])("do not sort by %s", (sort, hint) => {
    const expected = [{ field: "sort_by", message: expect.stringContaining(hint) }];
    expect(mistakes(() => parse({ sort_by: sort }))).toEqual(expected);
  });

  test.each(["ASC", "up", "desc; --"])("do not order %s", (order) => {
    expect(wrongFields(() => parse({ sort_order: order }))).toEqual(["sort_order"]);
  });

  test("say every mistake at once", () => {
    const given = {
      page: "0",
      per_page: "101",
      sort_by: "x",
      sort_order: "x",
      company_id: "x",
      emial: "x",
    };
    expect(wrongFields(() => parse(given))).toEqual(Object.keys(given).sort());
  });

  test("bound the search and the cursor", () => {
    const given = { search: "x".repeat(201), cursor: "x".repeat(4097) };
    expect(wrongFields(() => parse(given))).toEqual(["cursor", "search"]);
    expect(parse({ search: "😀".repeat(200) })).toMatchObject({ search: "😀".repeat(200) });
  });

  test("compare emails as they are stored", () => {
    expect(parse({ email: " Jane@Example.COM " })).toMatchObject({ email: "jane@example.com" });
  });
});
