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

/** The records' statement and the total's, which for a search are one. */
function statements(given: Record<string, string> = {}) {
  const [records, total = records] = list(given).statements();
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
    const filters = { email: hostile, status: hostile };
    const search = `a${hostile.replace(/\s/g, "")}`;
    const bound = [hostile.trim().toLowerCase(), hostile];
    const found = statements({ search, ...filters }).records;
    expect(found.text).toBe(statements({ search: "s", email: "e", status: "t" }).records.text);
    expect(found.values.slice(2, 4)).toEqual(bound);

    const { records, total } = statements(filters);
    const plain = statements({ email: "e", status: "t" });
    expect([records.text, total.text]).toEqual([plain.records.text, plain.total.text]);
    expect(records.values.slice(0, 2)).toEqual(bound);
    expect(total.values).toEqual(bound);
    expect(statements({ status: hostile }).total.values).toEqual(["contacts", "status", hostile]);
  });

  test("bind the place a cursor continues from", () => {
    const order = { sort_by: "first_name", sort_order: "asc" };
    const id = ID.replace(/.$/, "0");
    const { records, total } = statements({ ...order, cursor: nextCursor(order) });
    expect(records.values).toEqual(["name 0", id, 26]);
    expect(records.text).toMatch(/\("first_name_key", id\) > \(\$1::text, \$2::uuid\)/);
    expect(total).toEqual(statements().total);

    const filtered = { ...order, status: "new" };
    const among = statements({ ...filtered, cursor: nextCursor(filtered) }).records;
    expect(among.values).toEqual(["new", "name 0", id, 26, "new", "name 0", 26, 26]);
    expect(among.text).toMatch(/"first_name_key" = \$2::text and id > \$3::uuid/);
    expect(among.text).toMatch(/"first_name_key" > \$6::text/);
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
    expect(list({ search }).statements()).toHaveLength(1);
  });

  test("do not search for blanks", () => {
    expect(statements({ search: " \t" })).toEqual(statements());
  });

  test("count only where no counter knows the total", () => {
    const [email, status] = [{ email: "a@b.org" }, { status: "new" }];
    for (const given of [{}, status]) {
      expect(statements(given).total.text).toContain("crm.record_counts");
    }
    for (const given of [email, { ...email, ...status }]) {
      expect(statements(given).total.text).toMatch(/count\(\*\).* from "crm"."contacts"/);
    }
  });

  test.each([
    [{}, [26]],
    [{ page: "1", per_page: "1" }, [2]],
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
    const page = list({ page: "2", per_page: "3" }).page([rows(3), [{ list_total: "142" }]]);
    expect(page.pagination).toEqual({
      page: 2,
      per_page: 3,
      total: 142,
      total_pages: 48,
      next_cursor: null,
    });
    expect(page.items).toEqual(rows(3).map(({ id, first_name }) => ({ id, first_name })));
  });

  test("of a search has the total in its rows, also of none", () => {
    const found = rows(2).map((row) => Object.assign(row, { list_total: 7 }));
    const { items, pagination } = list({ search: "x" }).page([found]);
    expect(items).toEqual(rows(2).map(({ id, first_name }) => ({ id, first_name })));
    expect(pagination.total).toBe(7);
    const none = list({ search: "x", page: "9" }).page([[{ id: null, list_total: 7 }]]);
    expect([none.items, none.pagination.total]).toEqual([[], 7]);
  });

  test("past the end is empty", () => {
    const { items, pagination } = list({ page: "9" }).page([[], [{ list_total: 3 }]]);
    expect([items, pagination.total, pagination.total_pages]).toEqual([[], 3, 1]);
    expect(list().page([[], [{ list_total: 0 }]]).pagination.total_pages).toBe(0);
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
