import { LosslessNumber } from "lossless-json";
import { describe, expect, test } from "vitest";
import { customFields } from "../../shared/crm/values/custom-fields.ts";

/** The names of the fields that are wrong; "" for the whole. */
function wrong(given: unknown): string[] {
  const issues = customFields().safeParse(given).error?.issues ?? [];
  return issues.map(({ path }) => path.join("."));
}

describe("custom fields", () => {
  test.each<[string, Record<string, unknown>]>([
    ["none", {}],
    ["text", { budget: "10000", empty: "", long: "x".repeat(5_000) }],
    ["numbers", { seats: 40, ratio: 0.5, huge: new LosslessNumber("12345678901234567890.1") }],
    ["others", { vip: false, topics: ["a", "b"], none: [], gone: null }],
    ["of any name", { ["n".repeat(64)]: 1, constructor: "1", "ü 😀.x": "y" }],
  ])("may be %s, and stay as they are", (_, given) => {
    expect(wrong(given)).toEqual([]);
    expect(customFields().parse(given)).toBe(given);
  });

  test.each<[string, unknown, string[]]>([
    ["an array", [], [""]],
    ["text", "x", [""]],
    ["an object within", { a: { b: 1 }, c: 1 }, ["a"]],
    ["an array of numbers", { a: [1] }, ["a"]],
    ["an array of arrays", { a: [["b"]] }, ["a"]],
    ["text that is too long", { a: "x".repeat(5_001), b: ["x".repeat(5_001)] }, ["a", "b"]],
    ["a name that is too long", { ["n".repeat(65)]: 1 }, [""]],
    ["a name that is empty", { "": 2 }, [""]],
  ])("may not be %s", (_, given, fields) => {
    expect(wrong(given)).toEqual(fields);
  });

  test("are at most 100", () => {
    const fields = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`f${n}`, n]));
    expect([wrong(fields(100)), wrong(fields(101))]).toEqual([[], [""]]);
  });

  test("named as what every object has are taken as any other", () => {
    const given = JSON.parse('{"__proto__": {"a": 1}}') as unknown;
    expect(wrong(given)).toEqual(["__proto__"]);
  });
});
