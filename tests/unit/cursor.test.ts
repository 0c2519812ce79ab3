import { describe, expect, test } from "vitest";
import { decodeCursor, encodeCursor } from "../../shared/crm/lists/cursor.ts";

const LIST = JSON.stringify(["workspace", "contacts", [["sort_by", "email"]]]);
const POSITION = { value: 'é😀"\\', id: "01890a5d-ac96-774b-bcce-b302099a8057", page: 2 };
const BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

const cursor = encodeCursor(LIST, POSITION);

/** A cursor with anything in it. */
function forged(content: unknown): string {
  return Buffer.from(JSON.stringify(content)).toString("base64url");
}

describe("a cursor is read back", () => {
  test.each([
    ["", 1],
    ["jane@example.com", 2],
    ["2026-11-21 12:00:00.123456+00", 1_000_000_000],
    ['é😀 مرحبا \u2028 \\"', 3],
    ["a\u0001b\n", 3],
    ["x".repeat(255), 3],
  ])("from the value %o and page %d", (value, page) => {
    const position = { ...POSITION, value, page };
    const text = encodeCursor(LIST, position);
    expect(decodeCursor(LIST, text)).toEqual(position);
    expect(text).toMatch(/^[\w-]+$/);
  });

  test("and fits a list's parameter, even with the longest value", () => {
    const longest = { ...POSITION, value: "\u0001".repeat(320), page: 1_000_000_000 };
    expect(encodeCursor(LIST, longest).length).toBeLessThanOrEqual(4096);
  });
});

test.each([
  ["workspace", ["other", "contacts", [["sort_by", "email"]]]],
  ["resource", ["workspace", "companies", [["sort_by", "email"]]]],
  ["sort", ["workspace", "contacts", [["sort_by", "created_at"]]]],
  ["filter", ["workspace", "contacts", [["sort_by", "email"], ["status", "new"]]]],
])("a cursor of another %s is refused", (_, list) => {
  expect(decodeCursor(JSON.stringify(list), cursor)).toBeNull();
});

describe("a damaged cursor is refused", () => {
  test("with any one character changed", () => {
    const accepted = [...cursor].flatMap((old, index) =>
      [...BASE64URL].filter((character) => character !== old)
        .map((character) => cursor.slice(0, index) + character + cursor.slice(index + 1))
        .filter((damaged) => decodeCursor(LIST, damaged) !== null)
    );
    expect(accepted).toEqual([]);
  });

  test("cut anywhere", () => {
    const cuts = [...cursor].flatMap((
      _,
      index,
    ) => [cursor.slice(0, index), cursor.slice(index + 1)]);
    expect(cuts.filter((cut) => decodeCursor(LIST, cut) !== null)).toEqual([]);
  });

  test.each([
    ["empty", ""],
    ["not base64", "!!!!"],
    ["not JSON", Buffer.from("not JSON").toString("base64url")],
    ["not UTF-8", Buffer.from([0xff, 0xfe]).toString("base64url")],
    ["with something after it", `${cursor}!`],
    ["with a space before it", ` ${cursor}`],
    ["twice", cursor + cursor],
    ["huge", "A".repeat(1_000_000)],
    ["huge and deep", forged(JSON.parse("[".repeat(1_000) + "]".repeat(1_000)))],
  ])("when it is %s", (_, damaged) => {
    expect(decodeCursor(LIST, damaged)).toBeNull();
  });
});

describe("a forged cursor is refused", () => {
  const { value, id, page } = POSITION;
  const seal = (JSON.parse(Buffer.from(cursor, "base64url").toString()) as string[])[3];

  test.each<[string, unknown]>([
    ["null", null],
    ["an object", { value, id, page }],
    ["an object in the place of the prototype", JSON.parse('{"__proto__":{"value":"a"}}')],
    ["an empty list", []],
    ["no seal", [value, id, page]],
    ["an empty seal", [value, id, page, ""]],
    ["another value", ["other", id, page, seal]],
    ["another id", [value, id.replace("0", "1"), page, seal]],
    ["an id that is none", [value, "x", page, seal]],
    ["another page", [value, id, page + 1, seal]],
    ["page 0", [value, id, 0, seal]],
    ["half a page", [value, id, 1.5, seal]],
    ["a page as text", [value, id, "2", seal]],
    ["a value that is no text", [5, id, page, seal]],
    ["more than it should have", [value, id, page, seal, 1]],
  ])("with %s", (_, content) => {
    expect(decodeCursor(LIST, forged(content))).toBeNull();
  });

  test.each([{ page: 0 }, { page: -1 }, { page: 1.5 }, { id: "x" }, { id: "" }])(
    "with %j, even when it is sealed",
    (changes) => {
      expect(decodeCursor(LIST, encodeCursor(LIST, { ...POSITION, ...changes }))).toBeNull();
    },
  );

  test("unless nothing was changed", () => {
    expect(decodeCursor(LIST, forged([value, id, page, seal]))).toEqual(POSITION);
  });
});
