import { describe, expect, test } from "vitest";
import { companies } from "../../shared/crm/companies.ts";
import { contacts } from "../../shared/crm/contacts.ts";
import { deals } from "../../shared/crm/deals.ts";
import type { Condition, Membership } from "../../shared/crm/lists/conditions.ts";
import { List } from "../../shared/crm/lists/list.ts";
import { column, number } from "../../shared/crm/views/codecs.ts";
import { nativeView, view } from "../../shared/crm/views/view.ts";

const TAGS: Membership = {
  table: "crm.contact_tags",
  record: "contact_id",
  group: "tag_id",
  groups: "crm.tags",
  key: "name_key",
};

function statement(conditions: Condition[], shown = nativeView(contacts), sort = "created_at") {
  const asked = { view: shown, conditions, search: "", sort, order: "asc" as const };
  return new List("w1", { ...asked, size: 25, from: 1 }).statement();
}

const equal: Condition = { is: "equal", column: "status", value: "x" };
const after: Condition = { is: "after", column: "created_at", value: "x" };
const every: Condition[] = [
  equal,
  after,
  { is: "before", column: "created_at", value: "x" },
  { is: "folded", column: "last_name", value: "x" },
  { is: "numbered", column: "company_id", table: "crm.companies", value: 5 },
  { is: "among", column: "source", type: "text", value: ["x", "y"] },
  { is: "null", column: "phone" },
  { is: "present", column: "title" },
  { is: "member", of: TAGS, value: "x" },
];

describe("the SQL of conditions", () => {
  test.each(["'; drop table crm.contacts; --", `") or 1=1 --`, "$1", "condition 0"])(
    "binds the value %s, and is the same for any other",
    (hostile) => {
      for (const condition of every) {
        if (!("value" in condition) || typeof condition.value === "number") continue;
        const value = typeof condition.value === "string" ? hostile : [hostile];
        const { text, values } = statement([{ ...condition, value } as Condition]);
        expect(text).toBe(statement([condition]).text);
        expect(values).toContainEqual(value);
      }
    },
  );

  test("distinguishes each from the others, their order and their view", () => {
    const shown = view(contacts, { id: number(), created_at: column() });
    const asked = [...every.map((one) => [one]), [equal, after], [after, equal], every, []];
    const texts = asked.flatMap((conditions) =>
      [statement(conditions), statement(conditions, shown)].map(({ text }) => text)
    );
    expect(new Set(texts).size).toBe(texts.length);
  });

  test("of which one is narrow depends on their values, unless an index has them in order", () => {
    const prepared = (conditions: Condition[]) => statement(conditions).prepared === true;
    expect([[equal], [after], [equal, after]].map(prepared)).toEqual([true, true, true]);
    expect([[equal, every[6]!], every].map(prepared)).toEqual([false, false]);
  });
});

describe("a total", () => {
  const total = (conditions: Condition[]) => {
    const { text } = statement(conditions);
    return { isCounted: /count\(\*\)/.test(text), text };
  };

  test("of records in a group is known when the links are counted by their groups", () => {
    const counted = total([{ is: "member", of: { ...TAGS, isCounted: true }, value: "x" }]);
    expect(counted.text).toContain("resource = 'contact_tags' and field = 'tag_id'");
    expect(total([{ is: "member", of: TAGS, value: "x" }]).text)
      .not.toContain("resource = 'contact_tags'");
  });

  test("of one of several counted values adds up what the counters know", () => {
    const { text } = total([{ is: "among", column: "status", type: "text", value: ["x"] }]);
    expect(text).toMatch(/resource = 'contacts' and field = 'status'\s+and value = any\(\$/);
  });

  test("of the record with a number is found by its id", () => {
    const pipeline: Condition = {
      is: "numbered",
      column: "pipeline_id",
      table: "crm.pipelines",
      value: 5,
    };
    expect(statement([pipeline], nativeView(deals)).text)
      .toMatch(/value = \(select id from "crm"."pipelines" where number = \$\d\)::text/);
  });

  test("of a range, or of what no counter counts, is counted", () => {
    expect([[after], [equal, after], [every[6]!]].map((one) => total(one).isCounted))
      .toEqual([true, true, true]);
    expect([[], [equal]].map((one) => total(one).isCounted)).toEqual([false, false]);
  });
});

test("a list may be sorted and filtered by what a view does not show", () => {
  const names = view(companies, { id: number(), name: column() });
  const { text } = statement([{ is: "null", column: "city" }], names, "name");
  expect(text).toMatch(/select "number", "name", "city", "id" from "crm"."companies"/);
  expect(text).toContain("(array_agg(id_key))[25]::text as last_id");
  expect(() => statement([], names)).toThrow("no sort created_at");
});
