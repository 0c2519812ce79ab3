import { describe, expect, test } from "vitest";
import { contacts } from "../../shared/crm/contacts.ts";
import {
  listOf,
  listParameters,
  type NativeList,
  pageText,
} from "../../shared/dialects/lumenbase/lists.ts";
import { validated } from "../../shared/refusals/validation.ts";
import { wrongFields } from "../support/mistakes.ts";

const ID = "01890a5d-ac96-774b-bcce-b302099a8057";
const SORTS = ["created_at", "updated_at", "first_name", "last_name", "email"];

type Given = Record<string, string>;

function list(given: Given = {}, id = "w1"): NativeList {
  return listOf(contacts, { id, seesAll: true }, validated(listParameters(contacts), given));
}

function statement(given: Given = {}) {
  return list(given).statement;
}

/** The row that the database answers, with `count` records. */
function row(count: number, list_total = count) {
  const texts = Array.from({ length: count }, (_, index) => JSON.stringify(record(index)));
  const records = count === 0 ? null : texts.join("\x1e");
  return { records, list_total, sort_value: `name ${count - 2}` };
}

function record(index: number) {
  const id = ID.replace(/.$/, String(index % 10));
  return { id, first_name: `Name ${index}`, created_at: `2026-01-15T10:30:0${index}.000000Z` };
}

function nextCursor(given: Given = {}, workspace = "w1"): string {
  const one = { per_page: "1", ...given };
  const { sort_value, ...answered } = row(2);
  const isShown = ["created_at", "updated_at"].includes(given.sort_by ?? "created_at");
  return list(one, workspace).page([isShown ? answered : { ...answered, sort_value }]).pagination
    .next_cursor!;
}

describe("statements", () => {
  const HOSTILE = [`'; drop table crm.contacts; --`, `") or 1=1 --`, "$1", "\\", "😀 ' \""];

  test.each(HOSTILE)("bind the values %s", (hostile) => {
    const bound = hostile.trim().toLowerCase();
    const word = `a${hostile.replace(/\s/g, "")}`;
    const others: Given[] = [{}, { search: word }, { sort_by: "last_name" }, { page: "3" }];
    const conditions: Given[] = [{ status: hostile }, { email: hostile, status: hostile }];
    for (const more of others) {
      for (const filters of conditions) {
        const { text, values } = statement({ ...more, ...filters });
        const plain = Object.fromEntries(Object.keys(filters).map((name) => [name, "x"]));
        expect(text).toBe(
          statement({ ...more, ...plain, ...("search" in more && { search: "s" }) }).text,
        );
        expect(values).toContain("email" in filters ? bound : hostile);
      }
    }
  });

  test("bind the place a cursor continues from", () => {
    const id = ID.replace(/.$/, "0");
    const order = { sort_by: "first_name", sort_order: "asc" };
    const { text, values } = statement({ ...order, cursor: nextCursor(order) });
    expect(values).toEqual(["name 0", id]);
    expect(text).toContain(`("first_name_key", "id") > ($1::text, $2::uuid)`);

    const filtered = { status: "new" };
    const among = statement({ ...filtered, cursor: nextCursor(filtered) });
    expect(among.values).toEqual(["new", "new", "new", record(0).created_at, id]);
    expect(among.text).toContain(
      `"status" >= $2 and ("status", "created_at", "id") < ($3, $4::timestamptz, $5::uuid)`,
    );
  });

  test("of one filter and of none are kept; which of several is narrow, depends on their values", () => {
    const one: Given[] = [{}, { status: "new" }, { status: "new", sort_by: "email" }, {
      search: "a",
    }];
    for (const given of one) expect(statement(given).prepared).toBe(true);
    expect(statement({ status: "new", company_id: ID }).prepared).toBeUndefined();
    expect(statement({ status: "new", email: "a@b.org" }).prepared).toBe(true);
  });

  test.each([
    ["50%", ["%50\\%%", []]],
    ["５０％", ["%50\\%%", []]],
    ["a_b", ["%a\\_b%", []]],
    ["a\\b", ["%a\\\\b%", []]],
    ["\\%_", ["%\\\\\\%\\_%", []]],
    ["jo  smith ", ["%smith%", ["%jo%"]]],
    ["a\u3000bb\tccc", ["%ccc%", ["%bb%", "%a%"]]],
  ])("search for %o as LIKE patterns, the longest first", (search, patterns) => {
    expect(statement({ search }).values).toEqual(patterns);
  });

  test("do not search for blanks", () => {
    expect(statement({ search: " \t" })).toEqual(statement());
  });

  test("count only where no counter knows the total", () => {
    const [email, status] = [{ email: "a@b.org" }, { status: "new" }];
    for (const given of [{}, status]) {
      expect(statement(given).text).toContain("crm.record_counts");
      expect(statement(given).text).not.toContain("count(*)");
    }
    for (const given of [email, { ...email, ...status }]) {
      expect(statement(given).text).toMatch(/count\(\*\) from "crm"."contacts"/);
    }
  });

  test.each([
    [{}, "limit 26)", []],
    [{ page: "1", per_page: "1" }, "limit 2)", []],
    [{ page: "3", per_page: "10" }, "limit 11 offset $1)", [20]],
    [{ page: "1000000000", per_page: "100" }, "limit 101 offset $1)", [99_999_999_900]],
  ])("of %o limit and skip", (given, text, values) => {
    expect(statement(given).text).toContain(text);
    expect(statement(given).values).toEqual(values);
  });

  test.each(SORTS)("sorted by %s end in id, the same way", (sort) => {
    for (const order of ["asc", "desc"]) {
      const { text } = statement({ sort_by: sort, sort_order: order });
      expect(text).toMatch(new RegExp(`order by "${sort}(_key)?" ${order}, "id" ${order}`));
    }
  });
});

describe("a page", () => {
  test("has the shape of the spec", () => {
    const page = list({ page: "2", per_page: "3" }).page([row(3, 142)]);
    expect(page.pagination).toEqual({
      page: 2,
      per_page: 3,
      total: 142,
      total_pages: 48,
      next_cursor: null,
    });
    expect(JSON.parse(pageText(page).text)).toEqual({
      items: [record(0), record(1), record(2)],
      pagination: page.pagination,
    });
  });

  test("past the end is empty", () => {
    const { items, pagination } = list({ page: "9" }).page([row(0, 3)]);
    expect([items, pagination.total, pagination.total_pages]).toEqual([[], 3, 1]);
    const none = list().page([row(0)]);
    expect([pageText(none).text.slice(0, 12), none.pagination.total_pages]).toEqual([
      `{"items":[],`,
      0,
    ]);
  });

  test("has a cursor exactly when another follows, and counts on", () => {
    expect(list({ per_page: "3" }).page([row(3)]).pagination.next_cursor).toBeNull();
    const first = list({ per_page: "3" }).page([row(4)]);
    expect(first.items).toHaveLength(3);
    const second = list({ per_page: "3", cursor: first.pagination.next_cursor! }).page([row(1)]);
    expect(second.pagination.page).toBe(2);
  });
});

describe("a cursor", () => {
  test.each<[string, Record<string, string>, string]>([
    ["workspace", {}, "w2"],
    ["sort", { sort_by: "email" }, "w1"],
    ["order", { sort_order: "asc" }, "w1"],
    ["search", { search: "x" }, "w1"],
    ["filter", { status: "new" }, "w1"],
  ])("of another %s is refused", (_, given, workspace) => {
    const cursor = nextCursor();
    expect(wrongFields(() => list({ ...given, cursor }, workspace))).toEqual(["cursor"]);
  });

  test("may go on with pages of another size", () => {
    expect(list({ per_page: "7", cursor: nextCursor() }).page([row(0)]).pagination.per_page).toBe(
      7,
    );
  });

  test("is not taken together with a page", () => {
    for (const cursor of [nextCursor(), "x"]) {
      expect(wrongFields(() => list({ page: "1", cursor }))).toEqual(["cursor"]);
    }
  });
});
