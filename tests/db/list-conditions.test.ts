import { beforeAll, describe, expect, test } from "vitest";
import { companies } from "../../shared/crm/companies.ts";
import { contacts } from "../../shared/crm/contacts.ts";
import type { Condition } from "../../shared/crm/lists/conditions.ts";
import { List, type ListRequest, type Page } from "../../shared/crm/lists/list.ts";
import type { Resource } from "../../shared/crm/resource.ts";
import { nativeView, type View } from "../../shared/crm/views/view.ts";
import type { Database } from "../../shared/db/database.ts";
import { apiDatabase, claimsOf } from "../support/as-role.ts";
import {
  AFTER,
  BEFORE,
  brief,
  COMPANIES,
  type Company,
  CONTACTS,
  contactsOfCompanies,
} from "../support/list-conditions.ts";
import { asOwner } from "../support/workspace.ts";

const SIZE = 7;
/** More than any list has. */
const MOST_PAGES = 20;

let id: string;
let acme: Company;

beforeAll(async () => {
  ({ id, acme } = await contactsOfCompanies());
});

async function pageOf(database: Database, request: ListRequest): Promise<Page> {
  const list = new List(id, request);
  const [rows] = await database.read(claimsOf(id), [list.statement()]);
  return list.page(rows!);
}

/** All pages one after another, by their numbers or by cursors. */
async function everyPage(
  database: Database,
  request: Omit<ListRequest, "from" | "size">,
  step: "number" | "cursor",
) {
  const items: string[] = [];
  const totals = new Set<number>();
  let from: ListRequest["from"] | null = 1;
  for (let at = 1; from !== null; at++) {
    const page: Page = await pageOf(database, { ...request, from, size: SIZE });
    expect(page.page).toBe(at);
    expect(at).toBeLessThan(MOST_PAGES);
    items.push(...page.items);
    totals.add(page.total);
    const next: ListRequest["from"] = step === "cursor" ? { cursor: page.next ?? "" } : at + 1;
    from = page.next === null ? null : next;
  }
  return { items: items.map((text) => JSON.parse(text) as { id: unknown }), totals: [...totals] };
}

/** The ids or numbers that a plain query finds, in order. */
async function plainly({ table, sorts }: Resource, condition: string, sort: string, order: string) {
  const rows = await asOwner<{ id: string; number: number }>(
    `select id, number::int from ${table} records where workspace_id = $1 and ${condition}
      order by ${sorts[sort]!.column} ${order}, id ${order}`,
    [id],
  );
  return rows;
}

async function expectPages(shown: View, sort: string, conditions: Condition[], condition: string) {
  const database = apiDatabase();
  const by = Object.keys(shown.sorts).find((name) =>
    shown.sorts[name] === shown.resource.sorts[sort]
  )!;
  for (const order of ["asc", "desc"] as const) {
    const expected = await plainly(shown.resource, condition, sort, order);
    expect(expected.length > 0).toBe(condition !== "false");
    const key = shown.fields.id!.shows === "id" ? "id" : "number";
    for (const step of ["number", "cursor"] as const) {
      const request = { view: shown, conditions, search: "", sort: by, order };
      const { items, totals } = await everyPage(database, request, step);
      const message = `${sort} ${order} by ${step}`;
      expect(items.map((item) => item.id), message).toEqual(expected.map((row) => row[key]));
      expect(totals, message).toEqual([expected.length]);
    }
  }
}

describe("every page holds the records that meet", () => {
  test.each(CONTACTS)("%s", async (_, conditions, condition) => {
    for (const sort of Object.keys(contacts.sorts)) {
      await expectPages(nativeView(contacts), sort, conditions(acme), condition);
    }
  });

  test.each(CONTACTS)("%s, of a view that shows neither", async (_, conditions, condition) => {
    for (const sort of ["first_name", "updated_at"]) {
      await expectPages(brief, sort, conditions(acme), condition);
    }
  });

  test.each(COMPANIES)("%s", async (_, conditions, condition) => {
    for (const sort of Object.keys(companies.sorts)) {
      await expectPages(nativeView(companies), sort, conditions(acme), condition);
    }
  });

  test("what is searched for as well", async () => {
    const database = apiDatabase();
    for (const [, conditions, condition] of CONTACTS) {
      const request = { view: brief, conditions: conditions(acme), search: "PERSON zoë" };
      const { items, totals } = await everyPage(
        database,
        { ...request, sort: "givenName", order: "desc" },
        "cursor",
      );
      const found = await plainly(
        contacts,
        `first_name = 'Zoë' and ${condition}`,
        "first_name",
        "desc",
      );
      expect(items.map((item) => item.id)).toEqual(found.map((row) => row.number));
      expect(totals).toEqual([found.length]);
    }
  });
});

test("a cursor is of its conditions", async () => {
  const database = apiDatabase();
  const request = { view: brief, search: "", sort: "updatedAt", order: "asc" as const, size: 1 };
  const first = await pageOf(database, { ...request, conditions: [AFTER], from: 1 });
  const from = { cursor: first.next! };
  expect((await pageOf(database, { ...request, conditions: [AFTER], from })).items).toHaveLength(1);
  for (const conditions of [[], [BEFORE], [{ ...AFTER, value: BEFORE.value }]]) {
    expect(() => new List(id, { ...request, conditions, from })).toThrow(
      "The request is not valid.",
    );
  }
});
