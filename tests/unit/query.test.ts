import { describe, expect, test } from "vitest";
import * as z from "zod";
import { parseQuery } from "../../shared/http/query.ts";
import { mistakes, wrongFields } from "../support/mistakes.ts";

const schema = z.strictObject({
  page: z.string().regex(/^\d+$/, "Must be a number").optional(),
  search: z.string().optional(),
  status: z.string().optional(),
});

function parse(query: string) {
  return parseQuery(schema, new URLSearchParams(query));
}

test.each([
  ["", {}],
  ["page=2", { page: "2" }],
  ["page=2&search=J%C3%BCrgen+%F0%9F%98%80", { page: "2", search: "Jürgen 😀" }],
  ["search=a%26b%3Dc%2B", { search: "a&b=c+" }],
  ["search=", {}],
  ["search", {}],
  ["status=", { status: "" }],
  ["search=+", { search: " " }],
  ["search=0", { search: "0" }],
])("?%s is %o", (query, values) => {
  expect(parse(query)).toEqual(values);
});

describe("an unknown parameter", () => {
  test.each([
    ["serch=x", "serch", "did you mean search?"],
    ["Status=x", "Status", "did you mean status?"],
    ["xyz=1", "xyz", "known are page, search, status."],
    ["first_name=1", "first_name", "known are page, search, status."],
    ["__proto__=1", "__proto__", "known are page, search, status."],
    ["constructor=1", "constructor", "known are page, search, status."],
    ["page[]=1", "page[]", "did you mean page?"],
  ])("?%s is named with the nearest known one", (query, field, hint) => {
    const expected = [{ field, message: expect.stringContaining(hint) }];
    expect(mistakes(() => parse(query))).toEqual(expected);
  });
});

test.each([
  ["page=1&page=2", "page"],
  ["page=1&page=1", "page"],
  ["search=&search=", "search"],
  ["other=1&other=2&other=3", "other"],
])("?%s gives a parameter more than once", (query, field) => {
  expect(mistakes(() => parse(query))).toContainEqual({ field, message: "Must be given once." });
});

test.each(["search=%00", "search=a%00b"])("?%s is not storable text", (query) => {
  const expected = [{ field: "search", message: expect.stringContaining("NUL") }];
  expect(mistakes(() => parse(query))).toEqual(expected);
});

test.each([
  ["page=x&serch=1&statsu=2", ["page", "serch", "statsu"]],
  ["search=1&search=2&status=%00", ["search", "status"]],
  ["page=x&search=1&search=2", ["page", "search"]],
  ["serch=1&status=%00", ["serch", "status"]],
  ["page=x&serch=1&search=%00&status=1&status=2", ["page", "search", "serch", "status"]],
])("every mistake of ?%s is in one answer", (query, fields) => {
  expect(wrongFields(() => parse(query))).toEqual(fields);
});
