import { describe, expect, test } from "vitest";
import type { ApiClient, Json } from "../support/api-client.ts";
import { type TestWorkspace, testWorkspace } from "../support/workspace.ts";

const LIST = "v1-public-contacts-crud";

async function workspaceWith(contacts: object[]): Promise<TestWorkspace> {
  const workspace = await testWorkspace();
  for (let from = 0; from < contacts.length; from += 100) {
    const { status } = await workspace.api.post("v1-public-contacts-batch", {
      contacts: contacts.slice(from, from + 100),
    });
    expect(status).toBe(201);
  }
  return workspace;
}

/** Many equal sort values, some null: where pages overlap if the order is not total. */
const PEOPLE = Array.from({ length: 120 }, (_, i) => ({
  email: i % 10 === 0 ? undefined : `person${i}@${i % 3 === 0 ? "acme.com" : "other.org"}`,
  first_name: i % 4 === 0 ? null : ["Zoë", "adam", "Björn"][i % 3],
  last_name: i % 7 === 0 ? null : `Müller ${i % 5}`,
  phone: "+4930901820",
  company_name: i % 2 === 0 ? "Even Ltd" : undefined,
}));

async function everyPage(
  api: ApiClient,
  parameters: string,
  step: "page" | "cursor",
): Promise<Json[]> {
  const items: Json[] = [];
  let next: string | null = step === "page" ? "page=1" : "";
  for (let page = 1; next !== null; page++) {
    const { status, body }: Json = await api.get(`${LIST}?per_page=17&${parameters}&${next}`);
    expect(status).toBe(200);
    const { pagination } = body.data;
    expect(pagination.page).toBe(page);
    items.push(...body.data.items);
    if (step === "page") next = page < pagination.total_pages ? `page=${page + 1}` : null;
    else next = pagination.next_cursor === null ? null : `cursor=${pagination.next_cursor}`;
  }
  return items;
}

describe("sorting", async () => {
  const { api } = await workspaceWith(PEOPLE);
  const sorts = ["created_at", "updated_at", "first_name", "last_name", "email"];

  test.each(sorts.flatMap((sort) => [[sort, "asc"], [sort, "desc"]]))(
    "by %s %s: pages and cursors give every contact once, in one order",
    async (sort, order) => {
      const parameters = `sort_by=${sort}&sort_order=${order}`;
      const byPage = await everyPage(api, parameters, "page");
      const byCursor = await everyPage(api, parameters, "cursor");
      expect(byPage).toHaveLength(PEOPLE.length);
      expect(new Set(byPage.map(({ id }) => id)).size).toBe(PEOPLE.length);
      expect(byCursor).toEqual(byPage);
      // Names sort as people expect, whatever the case; emails by their characters' codes.
      const compare = sort === "email"
        ? (a: string, b: string) => a < b ? -1 : Number(a > b)
        : new Intl.Collator("und").compare;
      const values = byPage.map((contact) => contact[sort!] ?? "");
      const sorted = values.toSorted((a, b) => order === "asc" ? compare(a, b) : compare(b, a));
      expect(values).toEqual(sorted);
    },
  );

  test("new contacts between two pages move no cursor", async () => {
    const { api: own } = await workspaceWith(PEOPLE.slice(0, 30));
    const first = (await own.get(`${LIST}?per_page=10`)).body.data;
    await own.post("v1-public-contacts", { email: "newest@example.com" });
    const second =
      (await own.get(`${LIST}?per_page=10&cursor=${first.pagination.next_cursor}`)).body.data;
    const seen = [...first.items, ...second.items].map(({ id }: Json) => id);
    expect(new Set(seen).size).toBe(20);
    expect(second.pagination.total).toBe(31);
  });
});

test("the default is the newest 25, with the spec's pagination", async () => {
  const { api } = await workspaceWith(PEOPLE);
  const { body } = await api.get(LIST);
  expect(body.data.items).toHaveLength(25);
  expect(body.data.pagination).toEqual({
    page: 1,
    per_page: 25,
    total: 120,
    total_pages: 5,
    next_cursor: expect.any(String),
  });
  expect((await api.get(`${LIST}?page=1&per_page=25`)).body.data).toEqual(body.data);
  const past = (await api.get(`${LIST}?page=900&per_page=100`)).body.data;
  expect(past).toEqual({
    items: [],
    pagination: { page: 900, per_page: 100, total: 120, total_pages: 2, next_cursor: null },
  });
  const { api: empty } = await testWorkspace();
  expect((await empty.get(LIST)).body.data.pagination)
    .toEqual({ page: 1, per_page: 25, total: 0, total_pages: 0, next_cursor: null });
});

test("filters by email, company and status, alone and together", async () => {
  const { api } = await workspaceWith(PEOPLE);
  const total = async (parameters: string) =>
    (await api.get(`${LIST}?${parameters}`)).body.data.pagination.total;
  const one = (await api.get(`${LIST}?email=PERSON7@other.org`)).body.data;
  expect(one.items.map(({ email }: Json) => email)).toEqual(["person7@other.org"]);
  const [even] = (await api.get(`${LIST}?email=person2@other.org`)).body.data.items;
  expect(await total(`company_id=${even.company_id}`)).toBe(60);
  await api.patch(`${LIST}?id=${even.id}`, { status: "qualified lead" });
  expect(await total("status=qualified%20lead")).toBe(1);
  expect(await total("status=active")).toBe(119);
  expect(await total(`status=active&company_id=${even.company_id}`)).toBe(59);
  expect(await total("status=none")).toBe(0);
});

test.each([
  ["page=0", "page"],
  ["page=-1", "page"],
  ["page=1.5", "page"],
  ["page=99999999999", "page"],
  ["per_page=0", "per_page"],
  ["per_page=101", "per_page"],
  ["per_page=ten", "per_page"],
  ["sort_by=phone", "sort_by"],
  ["sort_order=up", "sort_order"],
  ["company_id=acme", "company_id"],
  ["statsu=active", "statsu"],
  ["page=1&page=2", "page"],
  ["search=%00", "search"],
  ["cursor=nonsense", "cursor"],
  ["cursor=undef", "cursor"],
  ...["cursor", "email", "status", "company_id"].map((name) => [`${name}=`, name]),
  ["cursor=eyJhIjoxfQ", "cursor"],
  [`search=${"x".repeat(201)}`, "search"],
])("refuses ?%s naming the parameter", async (query, field) => {
  const { api } = await testWorkspace();
  const { status, body } = await api.get(`${LIST}?${query}`);
  expect([status, body.error.code]).toEqual([400, "VALIDATION_ERROR"]);
  expect(body.error.details.fields[0].field).toBe(field);
});

test("a cursor of another list, another workspace, or with a page is refused", async () => {
  const { api } = await workspaceWith(PEOPLE.slice(0, 40));
  const { api: other } = await workspaceWith(PEOPLE.slice(0, 40));
  const cursor = (await api.get(`${LIST}?per_page=10`)).body.data.pagination.next_cursor;
  const status = async (client: ApiClient, rest: string) =>
    (await client.get(`${LIST}?cursor=${cursor}${rest}`)).status;
  expect(await status(api, "&per_page=20")).toBe(200);
  expect(await status(api, "&sort_order=asc")).toBe(400);
  expect(await status(api, "&status=active")).toBe(400);
  expect(await status(api, "&search=x")).toBe(400);
  expect(await status(api, "&page=2")).toBe(400);
  expect(await status(other, "")).toBe(400);
});
