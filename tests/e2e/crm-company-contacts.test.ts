import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { crmHttp, expectRefused } from "../support/crm-http.ts";

test("a company's contacts are those with a current membership, each with it", async () => {
  const { api } = await crmHttp();
  const company = await api.made("companies", { name: "Acme" });
  const other = await api.made("companies", { name: "Other" });
  const contact = (firstName: string, lastName: string | null, companyId: string) =>
    api.made("contacts", { firstName, lastName, companyId });
  const [b, a, none] = [
    await contact("B", "Same", company.id),
    await contact("A", "Same", company.id),
    await contact("Z", null, company.id),
  ];
  const second = await contact("Second", "Zed", other.id);
  await api.made(`contacts/${second.id}/company-memberships`, { companyId: company.id });
  const left = await contact("Left", "A", company.id);
  await api.changed(`contacts/${left.id}`, { companyId: null });
  const path = `companies/${company.id}/contacts`;
  const page = await api.read(path);
  expect(page).toMatchObject({ page: 1, pageSize: 25, total: 4, totalPages: 1 });
  expect(page.contacts.map(({ id }: Json) => id)).toEqual([none.id, a.id, b.id, second.id]);
  for (const { membership, ...one } of page.contacts) {
    expect(one).toEqual(await api.read(`contacts/${one.id}`));
    const own = (await api.read(`contacts/${one.id}/company-memberships`)).memberships;
    expect(own).toContainEqual(membership);
    expect(membership).toMatchObject({ companyId: company.id, isPrimary: one.id !== second.id });
  }
  const second2 = await api.read(`${path}?page=2&pageSize=3`);
  expect(second2.contacts.map(({ id }: Json) => id)).toEqual([second.id]);
  expect(second2).toMatchObject({ page: 2, pageSize: 3, total: 4, totalPages: 2 });
  const unknown = randomUUID();
  expectRefused(
    await api.get(`companies/${unknown}/contacts`),
    404,
    `No company with id ${unknown}.`,
  );
});
