import { describe, expect, test } from "vitest";
import { parseObject, storable, unstorableText } from "../../shared/formats/json.ts";
import { mistakes, wrongFields } from "../support/mistakes.ts";

/** Reads a body that is to be stored. */
function read(body: string): unknown {
  return storable(parseObject(body));
}

describe("text that PostgreSQL cannot store is refused by field", () => {
  test.each([
    ["NUL", String.raw`{"a":"x\u0000y"}`, "a"],
    ["NUL in an array", String.raw`{"a":{"b":["","\u0000"]}}`, "a.b[1]"],
    ["NUL in a key", String.raw`{"\u0000":1}`, "body"],
    ["NUL in a key within", String.raw`{"a":[{"\u0000":1}]}`, "a[0]"],
    ["the first half of a pair", String.raw`{"a":"\ud83d"}`, "a"],
    ["the second half of a pair", String.raw`{"a":"\ude00"}`, "a"],
    ["a pair the wrong way round", String.raw`{"a":"\ude00\ud83d"}`, "a"],
    ["half a pair in a key", String.raw`{"a":{"\ud83d":1}}`, "a"],
    ["NUL under __proto__", String.raw`{"__proto__":"\u0000"}`, "__proto__"],
  ])("%s", (_, body, field) => {
    expect(wrongFields(() => read(body))).toEqual([field]);
  });

  test("all of it in one answer", () => {
    const body = String.raw`{"a":"\u0000","b":["\ud800",1,"\udc00"],"\u0000":1}`;
    expect(wrongFields(() => read(body))).toEqual(["a", "b[0]", "b[2]", "body"]);
  });

  test.each([
    ["", null],
    ["😀\u2028\u0001", null],
    ["\0", expect.stringContaining("NUL")],
    ["\ud800", expect.stringContaining("surrogate")],
  ])("unstorableText(%o)", (text, reason) => {
    expect(unstorableText(text)).toEqual(reason);
  });
});

describe("what is not a JSON object is refused", () => {
  test.each([
    ["", "empty"],
    [" \n\t", "empty"],
    ["[]", "array"],
    ['[{"a":1}]', "array"],
    ["null", "null"],
    ['"{}"', "string"],
    ["1", "number"],
    ["12345678901234567890", "number"],
    ["true", "boolean"],
    ["{", "JSON"],
    ['{"a', "JSON"],
    ['{"a":1', "JSON"],
    ['{"a":1,}', "JSON"],
    ['{"a":[1,]}', "JSON"],
    ["{,}", "JSON"],
    ['{"a" 1}', "JSON"],
    ["{a:1}", "JSON"],
    ["{'a':1}", "JSON"],
    ['{"a":1}x', "JSON"],
    ['{"a":1}{"b":2}', "JSON"],
    ['{"a":1 /* one */}', "JSON"],
    ['{"a":1} // one', "JSON"],
    ['\u00a0{"a":1}', "JSON"],
    ...[
      "01",
      "-01",
      "00",
      ".5",
      "5.",
      "+1",
      "-",
      "1e",
      "0x10",
      "NaN",
      "Infinity",
      "tru",
      "undefined",
    ]
      .map((literal): [string, string] => [`{"a":${literal}}`, "JSON"]),
    ['{"a":"\u0000"}', "JSON"],
    ['{"a":"\t"}', "JSON"],
    [String.raw`{"a":"\x41"}`, "JSON"],
    [String.raw`{"a":"\u12G4"}`, "JSON"],
  ])("%o", (body, reason) => {
    const expected = [{ field: "body", message: expect.stringContaining(reason) }];
    expect(mistakes(() => read(body))).toEqual(expected);
  });
});
