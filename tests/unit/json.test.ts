import { LosslessNumber } from "lossless-json";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { validated } from "../../shared/refusals/validation.ts";
import { parseObject } from "../../shared/formats/json.ts";
import { mistakes } from "../support/mistakes.ts";

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

describe("nesting", () => {
  test.each([1, 31, 32])("of %d levels is read", (levels) => {
    expect(JSON.stringify(parseObject(nested(levels)))).toBe(nested(levels));
    expect(JSON.stringify(parseObject(nestedArrays(levels)))).toBe(nestedArrays(levels));
  });

  test.each([33, 1_000, 50_000])("of %d levels is refused", (levels) => {
    const tooDeep = [{ field: "body", message: expect.stringContaining("nested") }];
    expect(mistakes(() => parseObject(nested(levels)))).toEqual(tooDeep);
    expect(mistakes(() => parseObject(nestedArrays(levels)))).toEqual(tooDeep);
  });

  test("that is too deep is said once, however much there is in it", () => {
    const body = nestedArrays(33, Array.from({ length: 1_000 }, () => "0").join(","));
    expect(mistakes(() => parseObject(body))).toHaveLength(1);
  });
});

test.each([
  ["of all kinds", '{"a":[1,-2.5,1e+30,"x",true,null,{"b":""}]}'],
  ["of an integer beyond those that are exact", '{"a":123456789012345680000}'],
  ["of a large number in one form only", '{"a":1e+21}'],
  ["named __proto__", '{"a":{"__proto__":{"b":1}}}'],
  ["named toJSON", '{"a":{"toJSON":"b"}}'],
  ["with number-like keys", '{"1":"a","2":"b"}'],
])("blanks between make no difference: a field %s", (_, body) => {
  const spaced = body.replaceAll(",", " , ").replaceAll(":", " : ");
  expect(parseObject(body)).toStrictEqual(parseObject(spaced));
});
