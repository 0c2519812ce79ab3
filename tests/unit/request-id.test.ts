import { expect, test } from "vitest";
import { requestId } from "../../shared/http/request-id.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

function idOf(given?: string): string {
  const headers = new Headers(given === undefined ? {} : { "X-Request-Id": given });
  return requestId(new Request("http://localhost/", { headers }));
}

test.each(["a", "42", "01890a5d-ac96-774b-bcce-b302099a8057", "a.B:c_d-e", "x".repeat(128)])(
  "%s is kept",
  (given) => {
    expect(idOf(given)).toBe(given);
  },
);

test("space around an id does not count", () => {
  expect(idOf("  abc ")).toBe("abc");
});

test.each([
  ["no id", undefined],
  ["an empty id", ""],
  ["129 characters", "x".repeat(129)],
  ["a space", "a b"],
  ["two ids", "a, b"],
  ["a semicolon", "a;b=c"],
  ["a slash", "../a"],
  ["a percent sign", "a%0d%0aSet-Cookie"],
  ["a quote", 'a"b'],
  ["markup", "<script>"],
  ["JSON", '{"a":1}'],
  ["a tab", "a\tb"],
  ["a letter that is not ASCII", "é"],
  ["a control character", "a\u007f"],
])("%s gives a new UUID", (_, given) => {
  expect(idOf(given)).toMatch(UUID);
});

test("new ids differ", () => {
  expect(new Set(Array.from({ length: 1_000 }, () => idOf())).size).toBe(1_000);
});
