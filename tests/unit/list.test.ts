import { describe, expect, test } from "vitest";
import { contacts } from "../../shared/crm/contacts.ts";
import { List, listParameters } from "../../shared/crm/list.ts";
import { validated } from "../../shared/crm/validation.ts";
import { wrongFields } from "../support/mistakes.ts";

const ID = "01890a5d-ac96-774b-bcce-b302099a8057";
const SORTS = ["created_at", "updated_at", "first_name", "last_name", "email"];

function list(given: Record<string, string> = {}, workspace = "w1"): List {
  return new List(contacts, workspace, validated(listParameters(contacts), given));
}

/** The records' statement and the total's. */
function statements(given: Record<string, string> = {}) {
  const [records, total] = list(given).statements();
  return { records: records!, total: total! };
}

/** Rows as the database answers them, `count` of them. */
function rows(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    id: ID.replace(/.$/, String(index % 10)),
    first_name: `Name ${index}`,
    sort_value: `name ${index}`,
  }));
}

function nextCursor(given: Record<string, string> = {}, workspace = "w1"): string {
  const one = { per_page: "1", ...given };
  return list(one, workspace).page([rows(2)]).pagination.next_cursor!;
}

describe("statements", () => {
  const HOSTILE = [`'; drop table crm.contacts; --`, `") or 1=1 --`, "$1", "\\", "😀 ' \""];

  test.each(HOSTILE)("bind the values %s", (hostile) => {
    const plain = statements({ search: "s", email: "e", status: "t" });
    const { records, total } = statements({
      search: `a${hostile.replace(/\s/g, "")}`,
      email: hostile,
      status: hostile,
    });
    expect([records.text, total.text]).toEqual([plain.records.text, plain.total.text]);
    const bound = [hostile.trim().toLowerCase(), hostile];
    expect(records.values.slice(0, 2)).toEqual(bound);
    expect(total.values.slice(0, 2)).toEqual(bound);
  });

  test("bind the place a cursor continues from", () => {
    const given = {
      sort_by: "first_name",
      sort_order: "asc",
      cursor: nextCursor({ sort_by: "first_name", sort_order: "asc" }),
    };
    const { records, total } = statements(given);
    expect(records.values).toEqual(["name 0", ID.replace(/.$/, "0"), 26, "name 0", 26, 26]);
    expect(records.text).toMatch(/"first_name_key" = \$1::text and id > \$2::uuid/);
    expect(records.text).toMatch(/"first_name_key" > \$4::text/);
    expect(total).toEqual(statements().total);
  });

  test.each([
    ["50%", ["%50\\%%", []]],
    ["a_b", ["%a\\_b%", []]],
    ["a\\b", ["%a\\\\b%", []]],
    ["\\%_", ["%\\\\\\%\\_%", []]],
    ["jo  smith ", ["%smith%", ["%jo%"]]],
    ["a\u3000bb\tccc", ["%ccc%", ["%bb%", "%a%"]]],
  ])("search for %o as LIKE patterns, the longest first", (search, patterns) => {
    expect(statements({ search }).records.values.slice(0, 2)).toEqual(patterns);
    expect(statements({ search }).total.values).toEqual(patterns);
  });

  test("do not search for blanks", () => {
    expect(statements({ search: " \t" })).toEqual(statements());
  });

  test("do not count what is not filtered", () => {
    const { total } = statements();
    expect(total.text).toContain("crm.record_counts");
    expect(statements({ status: "new" }).total.text).toContain("count(*)");
  });

  test.each([
    [{}, [26, 0]],
    [{ page: "1", per_page: "1" }, [2, 0]],
    [{ page: "3", per_page: "10" }, [11, 20]],
    [{ page: "1000000000", per_page: "100" }, [101, 99_999_999_900]],
  ])("of %o limit and skip %o", (given, values) => {
    expect(statements(given).records.values).toEqual(values);
  });

  test.each(SORTS)("sorted by %s end in id, the same way", (sort) => {
    for (const order of ["asc", "desc"]) {
      const { records } = statements({ sort_by: sort, sort_order: order });
      expect(records.text).toMatch(new RegExp(`order by "${sort}(_key)?" ${order}, id ${order}`));
    }
  });
});

describe("a page", () => {
  test("has the shape of the spec", () => {
    const page = list({ page: "2", per_page: "3" }).page([rows(3), [{ total: "142" }]]);
    expect(page.pagination).toEqual({
      page: 2,
      per_page: 3,
      total: 142,
      total_pages: 48,
      next_cursor: null,
    });
    expect(page.items).toEqual(rows(3).map(({ id, first_name }) => ({ id, first_name })));
  });

  test("past the end is empty", () => {
    const { items, pagination } = list({ page: "9" }).page([[], [{ total: 3 }]]);
    expect([items, pagination.total, pagination.total_pages]).toEqual([[], 3, 1]);
    expect(list().page([[], [{ total: 0 }]]).pagination.total_pages).toBe(0);
  });

  test("has a cursor exactly when another follows, and counts on", () => {
    expect(list({ per_page: "3" }).page([rows(3)]).pagination.next_cursor).toBeNull();
    const first = list({ per_page: "3" }).page([rows(4)]);
    expect(first.items).toHaveLength(3);
    const second = list({ per_page: "3", cursor: first.pagination.next_cursor! }).page([rows(1)]);
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
    expect(list({ per_page: "7", cursor: nextCursor() }).page([[]]).pagination.per_page).toBe(7);
  });

  test("is not taken together with a page", () => {
    for (const cursor of [nextCursor(), "x"]) {
      expect(wrongFields(() => list({ page: "1", cursor }))).toEqual(["cursor"]);
    }
  });
});
