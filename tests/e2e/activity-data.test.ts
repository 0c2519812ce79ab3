import { expect, test } from "vitest";
import type { ApiResponse, Json } from "../support/api-client.ts";
import { expectMistakes } from "../support/records.ts";
import { testWorkspace } from "../support/workspace.ts";

const PATH = "v1-public-activities";

/** The value with its keys in one order, for a comparison that sees `__proto__` too. */
function sorted(value: Json): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value).toSorted(([a], [b]) => a < b ? -1 : 1)
    .map(([key, inner]) => [key, sorted(inner)]);
}

const send = async (data: string): Promise<ApiResponse> => {
  const { api } = await testWorkspace();
  return api.send("POST", PATH, { raw: `{"type":"note","data":${data}}` });
};
const nested = (levels: number) => '{"a":'.repeat(levels) + "1" + "}".repeat(levels);

test.each([
  ["big whole numbers", '{"n":12345678901234567890123}'],
  ["many decimals", '{"n":0.12345678901234567890123}'],
  ["every kind of value", '{"a":[null,true,false,"",{},[],-1.5]}'],
  ["the keys of objects", '{"constructor":1,"hasOwnProperty":2,"toString":3,"toJSON":4}'],
  ["a key that sets prototypes", '{"__proto__":{"admin":true}}'],
  ["keys in any script", '{"":1,"ключ":"👩‍💻","\\u202b":2,"isLosslessNumber":true}'],
  ["30 levels", nested(30)],
  ["nothing", "{}"],
  ["null", "null"],
])("keeps %s", async (_name, given) => {
  const response = await send(given);
  expect(response.status, response.text).toBe(201);
  expect(sorted(response.body.data.data)).toEqual(sorted(JSON.parse(given) ?? {}));
  const [digits] = /[\d.]{20,}/.exec(given) ?? [""];
  expect(response.text).toContain(digits);
});

test.each([
  ["a key twice", '{"a":{"b":1,"b":2}}', "body"],
  ["a key twice with one value", '{"a":1,"a":1}', "body"],
  ["40 levels", nested(40), "body"],
  ["NUL in a text", '{"a":["x","\\u0000"]}', "data.a[1]"],
  ["NUL in a key", '{"a":{"\\u0000":1}}', "data.a"],
  ["half a surrogate pair", '{"a":"\\ud800"}', "data.a"],
  ["a list", "[1]", "data"],
  ["a text", '"x"', "data"],
  ["a number of 100,001 digits", '{"a":[{"b":1e100000}]}', "data"],
  ["a number of 999,999,999 digits", '{"a":-1E-999999999}', "data"],
  ["a number of 16,384 decimals", '{"a":[1e-16384]}', "data"],
  ["a number of 16,384 decimals with an exponent", '{"a":1.5e-16383}', "data"],
  ["16,384 decimals in full", `{"a":0.${"1".repeat(16_384)}}`, "data"],
  ["numbers whose digits add up", `{"a":[${Array(200).fill("1e300")}]}`, "data"],
])("refuses %s", async (_name, given, field) => {
  expectMistakes(await send(given), [field]);
});

test("keeps a few numbers with large exponents", async () => {
  const { status, body } = await send('{"n":[1e300,-2.5e-300]}');
  expect([status, body.data.data]).toEqual([201, { n: [1e300, -2.5e-300] }]);
});
