import { expect, test } from "vitest";
import type { ApiResponse, Json } from "../support/api-client.ts";
import { expectMistakes } from "../support/records.ts";
import { testWorkspace } from "../support/workspace.ts";

const PATH = "v1-public-deals";

/** The digits of the deal's value as the answer writes them. */
const digits = ({ text }: ApiResponse) => /"value":(-?[\d.]+|null)/.exec(text)?.[1];

test.each([
  ["0.1", "0.1"],
  ["0", "0"],
  ["50000", "50000"],
  ["12345678901234567890.12", "12345678901234567890.12"],
  ["99999999999999999999.9999999999", "99999999999999999999.9999999999"],
  ["0.0000000001", "0.0000000001"],
  ["1e3", "1000"],
  ["1E+3", "1000"],
  ["25e-1", "2.5"],
  ["1e-7", "0.0000001"],
  ["12e18", "12000000000000000000"],
  ["9007199254740993", "9007199254740993"],
  ["-5.25", "-5.25"],
  ["-12345678901234567890.12", "-12345678901234567890.12"],
])("the value %s is answered as %s by every operation", async (given, answered) => {
  const { api } = await testWorkspace();
  const raw = `{"title":"T","value":${given}}`;
  const created = await api.send("POST", PATH, { raw });
  expect([created.status, digits(created)]).toEqual([201, answered]);
  const url = `${PATH}?id=${created.body.data.id}`;
  expect(digits(await api.get(url))).toBe(answered);
  expect(digits(await api.get(PATH))).toBe(answered);
  await api.patch(url, { value: null });
  const patched = await api.send("PATCH", url, { raw: `{"value":${given}}` });
  expect([patched.status, digits(patched)]).toEqual([200, answered]);
  const dry = await api.send("PATCH", `${url}&dry_run=true`, { raw: `{"value":${given}}` });
  expect([dry.body.data.outcome, digits(dry)]).toEqual(["unchanged", answered]);
});

test.each([
  "123456789012345678901",
  "1e20",
  "0.12345678901",
  "1e-11",
  "1e400",
  "-1e999999999",
  "1e-999999999",
  '"50000"',
  "true",
  "[1]",
  '{"isLosslessNumber":true,"value":"1"}',
])("refuses the value %s", async (given) => {
  const { api } = await testWorkspace();
  const raw = `{"title":"T","value":${given}}`;
  expectMistakes(await api.send("POST", PATH, { raw }), ["value"]);
});

test("values sort by size, whatever their digits; deals without one come first", async () => {
  const { api } = await testWorkspace();
  const values = ["9", "10", "-1", "12345678901234567890.12", "12345678901234567890.1", "null"];
  for (const value of values) {
    await api.send("POST", PATH, { raw: `{"title":"T","value":${value}}` });
  }
  const { text } = await api.get(`${PATH}?sort_by=value&sort_order=asc`);
  expect([...text.matchAll(/"value":([^,]+)/g)].map(([, value]) => value)).toEqual(
    ["null", "-1", "9", "10", "12345678901234567890.1", "12345678901234567890.12"],
  );
});

test("deals without a value page by cursor, with and without ones that have it", async () => {
  const { api } = await testWorkspace();
  for (const value of [null, null, null, 5, 7]) await api.post(PATH, { title: "T", value });
  const seen: Json[] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const query = `sort_by=value&sort_order=asc&per_page=1${cursor && `&cursor=${cursor}`}`;
    const { status, body } = await api.get(`${PATH}?${query}`);
    expect(status).toBe(200);
    seen.push(...body.data.items.map(({ value }: Json) => value));
    cursor = body.data.pagination.next_cursor;
  }
  expect(seen).toEqual([null, null, null, 5, 7]);
});

test.each([
  ["currency", ["US", "USDX", "XYZ", "$", "€", "123"]],
  ["expected_close_date", ["2026-02-30", "2026-00-10", "2026-4-15", "15/04/2026", "0000-01-01"]],
  ["probability", [-0.1, 100.1, 1e9]],
  ["title", ["x".repeat(501)]],
  ["stage", ["x".repeat(256)]],
  ["status", ["x".repeat(65)]],
])("refuses a wrong %s on POST and PATCH", async (field, values) => {
  const { api } = await testWorkspace();
  const { body } = await api.post(PATH, { title: "T" });
  for (const value of values) {
    expectMistakes(await api.post(PATH, { title: "T", [field]: value }), [field]);
    expectMistakes(await api.patch(`${PATH}?id=${body.data.id}`, { [field]: value }), [field]);
  }
});

test.each([
  ["currency", " eur ", "EUR"],
  ["currency", "CLF", "CLF"],
  ["currency", "sle", "SLE"],
  ["currency", "XCG", "XCG"],
  ["probability", 0, 0],
  ["probability", 100, 100],
  ["probability", 33.3, 33.3],
  ["expected_close_date", "2028-02-29", "2028-02-29"],
  ["title", "  T  ", "T"],
])("stores the %s %j as %j", async (field, given, stored) => {
  const { api } = await testWorkspace();
  const { status, body } = await api.post(PATH, { title: "T", [field]: given });
  expect([status, body.data?.[field]]).toEqual([201, stored]);
});
