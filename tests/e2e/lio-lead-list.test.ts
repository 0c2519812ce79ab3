import { describe, expect, test } from "vitest";
import { expectLioFields, lioWorld } from "../support/lio.ts";
import { giveScores, leadOf } from "../support/lio-leads.ts";

/** Four leads, by name, and what a list finds of them. */
async function fourLeads() {
  const { admin, user, workspace } = await lioWorld();
  const { api } = admin;
  const rep = await user("rep");
  const ann = await leadOf(api, {
    first_name: "Ann",
    company: "Globex 100%",
    city: "BONN",
    country: "de",
    estimated_value: 5,
    tags: ["vip"],
    lead_source: 1,
  });
  const bob = await leadOf(api, {
    first_name: "Bob",
    company: "Acme",
    city: "Bonn",
    priority: 1,
    status: 3,
    estimated_value: 20,
    assigned_to: rep.number,
    phone_number: "+14155551234",
  });
  const cid = await leadOf(api, {
    first_name: "Cid",
    status: 2,
    priority: 4,
    tags: ["vip", "cold"],
    lead_source: 2,
    assigned_to: admin.number,
  });
  const dan = await leadOf(api, { first_name: "Dan", state: "Ontario", estimated_value: 100 });
  await giveScores(workspace.id, [[ann, 90], [bob, 50], [cid, 10], [dan, 0]]);
  const names = async (query: string) => {
    const { status, body, text } = await api.get(`lead/list?${query}`);
    expect(status, text).toBe(200);
    expect(body.total, text).toBe(body.data.length);
    return body.data.map(({ first_name }: { first_name: string }) => first_name);
  };
  return { api, admin, rep, names, ann, bob, cid, dan };
}

describe("a filter", () => {
  test("finds leads by what is stored of them", async () => {
    const { api, names, rep, admin, ann, bob, cid } = await fourLeads();
    const [contact] = await api.read("contact/list?search_value=cid");
    const [vip, cold] = [ann.tags[0].id, cid.tags[0].id];
    const found: [string, string[]][] = [
      ["score_min=50", ["Bob", "Ann"]],
      ["score_min=10&score_max=50", ["Cid", "Bob"]],
      ["score_max=0", ["Dan"]],
      [`assigned_to=${rep.number}`, ["Bob"]],
      [`assigned_to=${rep.number},${admin.number}`, ["Cid", "Bob"]],
      ["assigned_to=true", ["Cid"]],
      ["unassigned=true", ["Dan", "Ann"]],
      ["unassigned=false", ["Dan", "Cid", "Bob", "Ann"]],
      ["lead_source=1,2", ["Cid", "Ann"]],
      ["priority=1,4", ["Cid", "Bob"]],
      ["state_id=2,3", ["Cid", "Bob"]],
      ["status=3", ["Bob"]],
      ["status=99", []],
      ["company=LOBEX", ["Ann"]],
      ["company=100%25", ["Ann"]],
      ["company=100_", []],
      [`company_id=${bob.company_id}`, ["Bob"]],
      ["company_id=0", []],
      [`contact_id=${contact.id}`, ["Cid"]],
      [`contact_id=${contact.id}&company_id=${bob.company_id}`, []],
      ["city=bonn", ["Bob", "Ann"]],
      ["state=ontario", ["Dan"]],
      ["country=DE", ["Ann"]],
      [`tags=${vip}`, ["Cid", "Ann"]],
      [`tags=${vip},${cold}`, ["Cid", "Ann"]],
      ["city=bonn&priority=1&score_min=20", ["Bob"]],
      ["search_value=ann%20globex", ["Ann"]],
      ["search_value=4155551234", ["Bob"]],
      ["search_value=roe&status=1", ["Dan", "Ann"]],
      ["created_from=2000-01-01&created_to=2999-01-01", ["Dan", "Cid", "Bob", "Ann"]],
      ["created_to=2000-01-01", []],
      ["start_date=2000-01-01T00:00:00Z&end_date=2999-01-01", ["Dan", "Cid", "Bob", "Ann"]],
    ];
    for (const [query, expected] of found) {
      expect(await names(query), query).toEqual(expected);
    }
  });

  test.each([
    ["score_min=101", "score_min"],
    ["score_min=a", "score_min"],
    ["assigned_to=true&unassigned=true", "assigned_to"],
    ["assigned_to=me", "assigned_to"],
    ["unassigned=yes", "unassigned"],
    ["priority=high", "priority"],
    ["created_from=2026-02-30", "created_from"],
    ["created_from=2026-02-02&created_to=2026-02-01", "created_from"],
    ["start_date=2026-02-02&end_date=2026-02-01", "start_date"],
    ["order_by=notes", "order_by"],
    ["order_in=up", "order_in"],
    ["page=0", "page"],
    ["limit=501", "limit"],
    ["citty=Bonn", "citty"],
    ["city=Bonn&city=Berlin", "city"],
  ])("%s is refused", async (query, field) => {
    const { admin: { api } } = await lioWorld();
    expectLioFields(await api.get(`lead/list?${query}`), 400, field);
  });
});

test.each([
  ["id", ["Ann", "Bob", "Cid", "Dan"]],
  ["first_name", ["Ann", "Bob", "Cid", "Dan"]],
  ["company", ["Cid", "Dan", "Bob", "Ann"]],
  ["score", ["Dan", "Cid", "Bob", "Ann"]],
  ["status", ["Ann", "Dan", "Cid", "Bob"]],
  ["priority", ["Bob", "Ann", "Dan", "Cid"]],
  ["estimated_value", ["Cid", "Ann", "Bob", "Dan"]],
  ["created_at", ["Ann", "Bob", "Cid", "Dan"]],
  ["email", ["Ann", "Bob", "Cid", "Dan"]],
])("leads are sorted by %s", async (field, ascending) => {
  const { names } = await fourLeads();
  expect(await names(`order_by=${field}&order_in=asc`)).toEqual(ascending);
  expect(await names(`order_by=${field}&order_in=DESC`)).toEqual(ascending.toReversed());
});

test("pages never overlap, and one past the end is empty", async () => {
  const { api } = await fourLeads();
  const page = async (n: number) =>
    (await api.get(`lead/list?limit=3&order_by=city&page=${n}`)).body;
  expectLioFields(await api.get("lead/list?order_by=city"), 400, "order_by");
  expect((await page(1)).success).toBe(false);
  const read = async (n: number) =>
    (await api.get(`lead/list?limit=3&order_by=priority&page=${n}`)).body;
  const pages = [await read(1), await read(2), await read(3)];
  expect(pages.map(({ data }) => data.length)).toEqual([3, 1, 0]);
  for (const [n, { total, page: number, limit }] of pages.entries()) {
    expect({ total, number, limit }).toEqual({ total: 4, number: n + 1, limit: 3 });
  }
  const seen = new Set(pages.flatMap(({ data }) => data.map(({ id }: { id: number }) => id)));
  expect(seen.size).toBe(4);
});
