import { describe, expect, test } from "vitest";
import { isDeliverable } from "../../shared/formats/media-type.ts";
import { parsePayload } from "../../shared/connectors/payload.ts";
import { mistakes } from "../support/mistakes.ts";

const JSON_TYPE = "application/json";
const FORM = "application/x-www-form-urlencoded";

function read(type: string, body: string | Uint8Array): unknown {
  return parsePayload(type, typeof body === "string" ? Buffer.from(body) : body);
}

/** What a body is refused for. */
function refusal(type: string, body: string | Uint8Array): string {
  const [mistake, ...others] = mistakes(() => read(type, body));
  expect(others).toEqual([]);
  expect(mistake?.field).toBe("body");
  return mistake?.message ?? "";
}

test.each<[string | null, boolean]>([
  ["application/json", true],
  ["Application/JSON; charset=utf-8", true],
  ["application/problem+json", true],
  ["application/vnd.api.v1+json ;a=b", true],
  ["application/x-www-form-urlencoded;charset=UTF-8", true],
  ["multipart/form-data; boundary=x", true],
  ["multipart/form-data", true],
  ["multipart/mixed; boundary=x", false],
  ["text/plain", true],
  ["text/json", true],
  ["application/octet-stream", true],
  ["text/html", false],
  ["application/jsonx", false],
  ["application/xml; x=application/json", false],
  ["", true],
  [null, true],
])("a body of %o is taken: %o", (type, taken) => {
  expect(isDeliverable(type)).toBe(taken);
});

test("a body of another type is refused", () => {
  for (const type of ["text/html", "multipart/mixed; boundary=x"]) {
    expect(refusal(type, "{}")).toMatch(/JSON or a form.*Content-Type/);
  }
  for (const body of ["", "x", "<x/>", "Hello {you}"]) {
    expect(refusal("text/plain", body)).toMatch(/JSON or a form.*Content-Type/);
  }
});

describe("a body whose type does not say", () => {
  test.each(["", "text/plain", "text/plain; charset=utf-8", "application/octet-stream"])(
    "as %o is read by how it begins",
    (type) => {
      expect(read(type, ' {"a": 1}')).toEqual({ a: 1 });
      expect(read(type, '[{"a": 1}]')).toEqual([{ a: 1 }]);
      expect(read(type, "a=1&b=%C3%A9")).toEqual({ a: "1", b: "é" });
    },
  );

  test("is JSON also when it is called a form", () => {
    expect(read(FORM, '\ufeff{"a": 1}')).toEqual({ a: 1 });
    expect(read(FORM, "{a}=1")).toEqual({ "{a}": "1" });
    expect(refusal(FORM, '{"a": 1,}')).toMatch(/valid JSON.*position 8/);
  });
});

describe("JSON", () => {
  test.each<[string, unknown]>([
    ["{}", {}],
    ["[]", []],
    [' [{"a":[1.10,"é😀",null,true]}]\r\n', [{ a: [1.1, "é😀", null, true] }]],
    ['\ufeff{"a":1}', { a: 1 }],
    ['{"1.3":"Jane","":2}', { "1.3": "Jane", "": 2 }],
    ['{"id":12345678901234567890}', { id: "12345678901234567890" }],
    ['{"id":-0.1000000000000000055511151231257827}', {
      id: "-0.1000000000000000055511151231257827",
    }],
    ["[9007199254740991,9007199254740993,1e400]", [9007199254740991, "9007199254740993", "1e400"]],
  ])("%s", (body, payload) => {
    expect(read(JSON_TYPE, body)).toEqual(payload);
    expect(read("application/cloudevents+json; charset=utf-8", body)).toEqual(payload);
  });

  test.each(['{"__proto__":{"a":1}}', '[{"constructor":{"prototype":{"a":1}}}]'])(
    "keys that every object has are keys like others: %s",
    (body) => {
      expect(JSON.stringify(read(JSON_TYPE, body))).toBe(body);
      expect("a" in {}).toBe(false);
    },
  );

  test("is nested at most 32 levels deep", () => {
    const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
    expect(JSON.stringify(read(JSON_TYPE, nested(32)))).toBe(nested(32));
    for (const levels of [33, 1_000, 50_000]) {
      expect(refusal(JSON_TYPE, nested(levels))).toMatch(/at most 32 levels/);
      expect(refusal(JSON_TYPE, '{"a":'.repeat(levels))).toMatch(/valid JSON|32 levels/);
    }
  });

  test.each<[string, string | Uint8Array, RegExp]>([
    ["nothing", "", /it is empty/],
    ["space", " \n", /it is empty/],
    ["a byte order mark", "\ufeff", /it is empty/],
    ["a text", '"a"', /object or array; it is a string/],
    ["a number", "5", /it is a number/],
    ["a large number", "12345678901234567890", /object or array/],
    ["null", "null", /it is null/],
    ["true", "true", /it is a boolean/],
    ["cut short", '{"a":1', /valid JSON/],
    ["two values", "{}{}", /valid JSON/],
    ["a key twice", '{"a":1,"a":1}', /duplicate key "a"/],
    ["a key twice, once escaped", String.raw`[{"a":1,"\u0061":2}]`, /duplicate key "a"/],
    ["a form", "a=1", /valid JSON/],
    ["not UTF-8", Buffer.from('{"a":"é"}', "latin1"), /UTF-8/],
    ["cut within a character", Buffer.from('{"a":"é').subarray(0, -1), /UTF-8/],
    ["UTF-16 that does not say so", Buffer.from('{"a":1}', "utf16le"), /valid JSON/],
    ["a comma too many", '{"a":1,}', /valid JSON.*position 7/],
  ])("refuses %s", (_, body, message) => {
    expect(refusal(JSON_TYPE, body)).toMatch(message);
  });
});

test.each<[string, string, Uint8Array]>([
  [
    "in the charset that it says",
    `${JSON_TYPE}; charset=ISO-8859-1`,
    Buffer.from('{"a":"é"}', "latin1"),
  ],
  ["in UTF-16 with its mark", JSON_TYPE, Buffer.from('\ufeff{"a":"é"}', "utf16le")],
])("JSON %s is read", (_, type, body) => {
  expect(read(type, body)).toEqual({ a: "é" });
});

describe("a urlencoded form", () => {
  test.each<[string, unknown]>([
    ["name=Zo%C3%AB+M%C3%BCller&email=a%40b.co", { name: "Zoë Müller", email: "a@b.co" }],
    ["a=1&b=2&a=3&a=", { a: ["1", "3", ""], b: "2" }],
    ["items[]=1&items[]=2&user[name]=x", { "items[]": ["1", "2"], "user[name]": "x" }],
    ["a&=b&c==d=", { a: "", "": "b", c: "=d=" }],
    ["name=Zoë", { name: "Zoë" }],
    ["?a=1&&b=2&", { "?a": "1", b: "2" }],
    ["\ufeffa=1", { a: "1" }],
    ["a=100%&b=%zz", { a: "100%", b: "%zz" }],
    ["constructor=1&toString=2", { constructor: "1", toString: "2" }],
  ])("%s", (body, payload) => {
    expect(read(FORM, body)).toEqual(payload);
    expect(read(`${FORM}; charset=UTF-8`, body)).toEqual(payload);
  });

  test("has a field __proto__ like any other", () => {
    expect(JSON.stringify(read(FORM, "__proto__=1&__proto__=2&a=3"))).toBe(
      '{"__proto__":["1","2"],"a":"3"}',
    );
  });

  test("has at most 1,000 fields", () => {
    const fields = (count: number) => Array.from({ length: count }, () => "a=1").join("&");
    expect(read(FORM, fields(1_000))).toEqual({ a: Array(1_000).fill("1") });
    expect(refusal(FORM, fields(1_001))).toMatch(/at most 1,000 fields/);
  });

  test.each<[string, string | Uint8Array, RegExp]>([
    ["nothing", "", /at least one field/],
    ["no field", "&&", /at least one field/],
  ])("refuses %s", (_, body, message) => {
    expect(refusal(FORM, body)).toMatch(message);
  });

  test("is in the charset that it says, else in UTF-8, else as browsers send an old page", () => {
    for (const body of [Buffer.from("a=é", "latin1"), Buffer.from("a=%E9")]) {
      expect(read(FORM, body)).toEqual({ a: "é" });
      expect(read(`${FORM}; charset=iso-8859-1`, body)).toEqual({ a: "é" });
      expect(refusal(`${FORM}; charset=utf-8`, body)).toMatch(/UTF-8/);
    }
    expect(read(`${FORM}; charset=koi8-r`, "a=%C6")).toEqual({ a: "ф" });
    expect(refusal(`${FORM}; charset=none`, "a=1")).toMatch(/none, as it says/);
  });
});
