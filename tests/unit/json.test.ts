import { LosslessNumber } from "lossless-json";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { validated } from "../../shared/crm/validation.ts";
import { parseObject, storable, unstorableText } from "../../shared/http/json.ts";
import { mistakes, wrongFields } from "../support/mistakes.ts";

/** Objects in objects, `levels` deep. */
function nested(levels: number): string {
  return '{"a":'.repeat(levels) + "1" + "}".repeat(levels);
}

function nestedArrays(levels: number, inside = "1"): string {
  return `{"a":${"[".repeat(levels - 1)}${inside}${"]".repeat(levels - 1)}}`;
}

describe("reads", () => {
  test.each([
    ["{}", {}],
    [' \t\r\n{"a" : [1 , {"b":null}] }\n', { a: [1, { b: null }] }],
    ['{"a":true,"b":false,"c":"","d":[]}', { a: true, b: false, c: "", d: [] }],
    [String.raw`{"a":"\"\\\/\b\f\n\r\té"}`, { a: '"\\/\b\f\n\r\té' }],
    [String.raw`{"a":"\ud83d\ude00"}`, { a: "😀" }],
    ['{"a":"😀 مرحبا \u2028"}', { a: "😀 مرحبا \u2028" }],
    ['{"a":{"b":1},"b":{"b":1}}', { a: { b: 1 }, b: { b: 1 } }],
    ['{"toString":1,"hasOwnProperty":2}', { toString: 1, hasOwnProperty: 2 }],
  ])("%s", (body, value) => {
    expect(parseObject(body)).toEqual(value);
  });

  test.each([
    ["0.1", 0.1],
    ["1.10", 1.1],
    ["-0", -0],
    ["1E2", 100],
    ["1e+2", 100],
    ["-12.5e-1", -1.25],
    ["0e999", 0],
    ["1.0000000000000000000000", 1],
    ["1234567.89", 1234567.89],
    ["9007199254740991", 9007199254740991],
    ["-9007199254740991", -9007199254740991],
  ])("the number %s as it is", (literal, value) => {
    expect(parseObject(`{"a":${literal}}`)).toEqual({ a: value });
  });
});

describe("a number that JavaScript would change keeps its digits", () => {
  const number = z.strictObject({ a: z.number() });

  test.each([
    "1e999",
    "-1e999",
    "1e-999",
    "12345678901234567890",
    "9007199254740993",
    "123.4567890123456789",
    "0.1000000000000000055511151231257827",
  ])("%s, and no field for a plain number takes it", (literal) => {
    const object = parseObject(`{"a":${literal}}`);
    expect(object.a).toEqual(new LosslessNumber(literal));
    expect(mistakes(() => validated(number, object))).toEqual([
      { field: "a", message: expect.stringContaining(literal) },
    ]);
  });

  test("and is named with its beginning, when it is long", () => {
    const object = parseObject(`{"a":${"9".repeat(50_000)}}`);
    const [mistake] = mistakes(() => validated(number, object));
    expect(mistake?.message).toContain(`${"9".repeat(40)}…`);
    expect(mistake?.message.length).toBeLessThan(100);
  });
});

describe("a key given twice is refused", () => {
  test.each([
    ["with other values", '{"a":1,"a":2}'],
    ["with the same value", '{"a":1,"a":1}'],
    ["with equal objects", '{"a":{},"a":{}}'],
    ["with equal texts", '{"a":"x","b":1,"a":"x"}'],
    ["in an object within", '{"x":{"a":1,"a":2}}'],
    ["in an object of an array", '{"x":[{"a":1,"a":2}]}'],
    ["once escaped", String.raw`{"a":1,"\u0061":2}`],
    ["named __proto__", '{"__proto__":1,"__proto__":2}'],
    ["named toString", '{"toString":1,"toString":2}'],
  ])("%s", (_, body) => {
    const [mistake] = mistakes(() => parseObject(body));
    expect(mistake).toEqual({ field: "body", message: expect.stringContaining("duplicate key") });
  });
});

describe("keys that every object has", () => {
  test.each([
    '{"__proto__":{"polluted":1}}',
    '{"a":{"__proto__":{"polluted":1}}}',
    '{"__proto__":null}',
    '{"constructor":{"prototype":{"polluted":1}}}',
  ])("are keys like others: %s", (body) => {
    const value = parseObject(body);
    expect(JSON.stringify(value)).toBe(body);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect("polluted" in {}).toBe(false);
  });
});

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

describe("nesting", () => {
  test.each([1, 31, 32])("of %d levels is read", (levels) => {
    expect(JSON.stringify(read(nested(levels)))).toBe(nested(levels));
    expect(JSON.stringify(read(nestedArrays(levels)))).toBe(nestedArrays(levels));
  });

  test.each([33, 1_000, 50_000])("of %d levels is refused", (levels) => {
    const tooDeep = [{ field: "body", message: expect.stringContaining("nested") }];
    expect(mistakes(() => read(nested(levels)))).toEqual(tooDeep);
    expect(mistakes(() => read(nestedArrays(levels)))).toEqual(tooDeep);
  });

  test("that is too deep is said once, however much there is in it", () => {
    const body = nestedArrays(33, Array.from({ length: 1_000 }, () => "0").join(","));
    expect(mistakes(() => read(body))).toHaveLength(1);
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
