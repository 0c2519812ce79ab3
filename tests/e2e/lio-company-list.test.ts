import { expect, test } from "vitest";
import { expectLioError, expectLioFields, type LioClient, lioWorld } from "../support/lio.ts";
import { contactsOf, idsOf } from "../support/lio-people.ts";
import { asOwner } from "../support/workspace.ts";

async function fourCompanies(api: LioClient) {
  const made = (company_name: string, more: object) =>
    api.made("company/add", { company_name, ...more });
  return [
    await made("beta", { industry_type: "Steel", country: "DE", city: "Bonn", rating: 3 }),
    await made("Alpha", {
      industry_type: "Software",
      country: "DE",
      city: "Berlin",
      employee_size: "51-200",
      website: "https://alpha.example.com",
      rating: 5,
    }),
    await made("Gamma 100%", {
      industry_type: "SOFTWARE",
      country: "US",
      city: "berlin",
      employee_size: "51-200",
    }),
    await made("Delta", {}),
  ] as const;
}

test("companies are listed in pages, in each order, with filters and words", async () => {
  const { admin: { api }, user } = await lioWorld();
  const [beta, alpha, gamma, delta] = await fourCompanies(api);
  const manager = await user("manager");
  const own = await manager.api.made("company/add", { company_name: "Omega" });
  const list = (query: string) => idsOf(api, `company/list?${query}`);
  const page = await api.get("company/list?limit=2&page=2");
  expect(page.body).toMatchObject({ total: 5, page: 2, limit: 2, message: "Companies fetched" });
  expect(page.body.data.map(({ id }: { id: number }) => id)).toEqual([gamma.id, alpha.id]);
  expect(await list("order_by=company_name&order_in=asc"))
    .toEqual([alpha.id, beta.id, delta.id, gamma.id, own.id]);
  expect(await list("order_by=rating&limit=2")).toEqual([alpha.id, beta.id]);
  expect(await list(`company_id=${beta.id},${own.id}`)).toEqual([own.id, beta.id]);
  expect(await list("industry=software")).toEqual([gamma.id, alpha.id]);
  expect(await list("industry_type=Software&country=Germany")).toEqual([alpha.id]);
  expect(await list("country=us")).toEqual([gamma.id]);
  expect(await list("search_value=alpha.ex")).toEqual([alpha.id]);
  expect(await list("search_value=100%25")).toEqual([gamma.id]);
  expect(await list("my=true&limit=1")).toEqual([delta.id]);
  expect(await idsOf(manager.api, "company/list?my=1")).toEqual([own.id]);
  const wrong = await api.get("company/list?my=2&country=Atlantis&company_id=a&order_by=x&y=1");
  expectLioFields(wrong, 400, "my", "company_id", "country", "order_by", "y");
});

test("statistics add up what the same filters find", async () => {
  const { workspace, admin: { api } } = await lioWorld();
  const [beta, alpha] = await fourCompanies(api);
  await contactsOf(api, beta.id, "Ann", "Bob");
  await asOwner(
    `insert into crm.deals (workspace_id, title, company_id, value, stage)
     select $1, 'D', c.id, value, stage from crm.companies c, (values
       ($2::bigint, 1000.10, 'Lead'), ($2, 0.05, 'Lead'), ($3, 20, 'Won'), ($3, 5, 'Lost')
     ) deal (number, value, stage) where c.number = deal.number and c.workspace_id = $1`,
    [workspace.id, beta.id, alpha.id],
  );
  expect(await api.read("company/stats")).toEqual({
    total: 4,
    with_contacts: 1,
    with_open_deals: 1,
    average_rating: 4,
    open_deal_value: 1000.15,
    won_deal_value: 20,
    by_industry: [
      { industry_type: "SOFTWARE", count: 1 },
      { industry_type: "Software", count: 1 },
      { industry_type: "Steel", count: 1 },
      { industry_type: null, count: 1 },
    ],
    by_country: [{ country: "DE", count: 2 }, { country: "US", count: 1 }, {
      country: null,
      count: 1,
    }],
    by_employee_size: [{ employee_size: "51-200", count: 2 }, { employee_size: null, count: 2 }],
  });
  expect(await api.read("company/stats?search_value=alpha&country=DE")).toMatchObject({
    total: 1,
    with_contacts: 0,
    average_rating: 5,
    open_deal_value: 0,
    won_deal_value: 20,
  });
  expect(await api.read("company/stats?country=FR")).toMatchObject({
    total: 0,
    average_rating: null,
    by_industry: [],
  });
  expectLioFields(await api.get("company/stats?page=1"), 400, "page");
});

test("companies alike are told with why, most similar first", async () => {
  const { admin: { api } } = await lioWorld();
  const [beta, alpha, gamma, delta] = await fourCompanies(api);
  const { status, body, text } = await api.get(`company/similar/${alpha.id}`);
  expect(status, text).toBe(200);
  expect(body).toMatchObject({ total: 2, page: 1, limit: 5 });
  expect(body.data).toEqual([
    { ...gamma, similarity: 80, reasons: ["industry_type", "employee_size", "city"] },
    { ...beta, similarity: 20, reasons: ["country"] },
  ]);
  const one = await api.get(`company/similar/${alpha.id}?limit=1`);
  expect(one.body.data).toHaveLength(1);
  expect((await api.get(`company/similar/${delta.id}`)).body).toMatchObject({ data: [], total: 0 });
  expectLioFields(await api.get(`company/similar/${alpha.id}?limit=0`), 400, "limit");
});

test("a Viewer reads, a Rep writes, and a Manager deletes", async () => {
  const { user } = await lioWorld();
  const [viewer, rep, manager] = [await user("viewer"), await user("rep"), await user("manager")];
  const body = { company_name: "Globex" };
  expectLioError(await viewer.api.post("company/add", body), 403, "permission_error", "role");
  const made = await rep.api.made("company/add", body);
  expect(await viewer.api.read(`company/view/${made.id}`)).toEqual(made);
  const refused = await viewer.api.post(`company/update/${made.id}`, { rating: 1 });
  expectLioError(refused, 403, "permission_error", "role");
  for (const path of [`company/delete/${made.id}`, "company/delete/0", "company/delete"]) {
    expectLioError(await rep.api.delete(path), 403, "permission_error", "role");
  }
  const all = { select_all: true, filters: { search_value: "glob" } };
  const { body: gone } = await manager.api.send("DELETE", "company/delete", { body: all });
  expect(gone.data).toEqual({ deleted: 1, not_found: [] });
});
