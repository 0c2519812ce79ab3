import { expect, test } from "vitest";
import { idempotencyKey } from "../../shared/http/idempotency.ts";
import { mistakes } from "../support/mistakes.ts";

function keyOf(headers: Record<string, string>): string | null {
  return idempotencyKey(new Request("http://localhost/", { method: "POST", headers }));
}

const UUID = "01890a5d-ac96-774b-bcce-b302099a8057";

test.each([
  [{}, null],
  [{ "Idempotency-Key": UUID }, UUID],
  [{ "X-Idempotency-Key": UUID }, UUID],
  [{ "Idempotency-Key": UUID, "X-Idempotency-Key": UUID }, UUID],
  [{ "x-idempotency-key": "a" }, "a"],
  [{ "Idempotency-Key": "  a  " }, "a"],
  [{ "Idempotency-Key": "order 5, line 7" }, "order 5, line 7"],
  [{ "Idempotency-Key": '"quoted"' }, '"quoted"'],
  [{ "Idempotency-Key": "!~" }, "!~"],
  [{ "Idempotency-Key": "x".repeat(255) }, "x".repeat(255)],
])("the key of %j is read", (headers, key) => {
  expect(keyOf(headers)).toBe(key);
});

test.each([
  ["empty", ""],
  ["blank", "   "],
  ["256 characters long", "x".repeat(256)],
  ["not ASCII", "clé"],
  ["with a tab", "a\tb"],
  ["with a control character", "a\u007fb"],
])("a key that is %s is refused, in both headers", (_, key) => {
  const message = "Must be 1 to 255 printable ASCII characters.";
  for (const header of ["Idempotency-Key", "X-Idempotency-Key"]) {
    expect(mistakes(() => keyOf({ [header]: key }))).toEqual([{
      field: "Idempotency-Key",
      message,
      in: "header",
    }]);
  }
});

test.each([["a", "b"], ["a", "A"], ["a", ""], ["", "a"]])(
  "two keys that differ are refused: %o and %o",
  (key, xKey) => {
    const headers = { "Idempotency-Key": key, "X-Idempotency-Key": xKey };
    const message = expect.stringContaining("same as X-Idempotency-Key");
    expect(mistakes(() => keyOf(headers))).toEqual([
      { field: "Idempotency-Key", message, in: "header" },
    ]);
  },
);
