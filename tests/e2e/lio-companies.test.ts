import { expect, test } from "vitest";
import { expectLioError, expectLioFields, lioWorld, TIME } from "../support/lio.ts";
import { contactsOf } from "../support/lio-people.ts";
import { asOwner } from "../support/workspace.ts";

const MISSING = 999_999_999;
const GLOBEX = {
  company_name: "Globex",
  industry_type: "Software",
  website: "https://www.Globex.com/about",
  phone_number: "+1 555 123 4567",
  contact_email: "Info@globex.com",
  address: "1 Main St",
  city: "Berlin",
  country: "germany",
  employee_size: "51-200",
  rating: 4,
  summary: "Makes everything",
};

test("a company is made, read, changed and deleted", async () => {
  const { admin: { api, number } } = await lioWorld();
  const made = await api.made("company/add", GLOBEX);
  expect(made).toEqual({
    ...GLOBEX,
    id: expect.any(Number),
    company_logo: null,
    country: "DE",
    phone_number: "+15551234567",
    contact_email: "info@globex.com",
    domain: "globex.com",
    owner_id: number,
    lead_count: 0,
    contact_count: 0,
    deal_count: 0,
    created_at: TIME,
    updated_at: TIME,
  });
  await contactsOf(api, made.id, "Ann", "Bob");
  await asOwner(
    `with deal as (
       insert into crm.deals (workspace_id, title, company_id)
       select workspace_id, 'Licence', id from crm.companies where number = $1
     )
     insert into crm.leads (workspace_id, pipeline_id, first_name, company_id)
     select c.workspace_id, p.id, 'Lea', c.id from crm.companies c
     join crm.pipelines p on p.workspace_id = c.workspace_id where c.number = $1`,
    [made.id],
  );
  const read = await api.read(`company/view/${made.id}`);
  expect(read).toEqual({ ...made, lead_count: 1, contact_count: 2, deal_count: 1 });
  expect(await api.done(`company/update/${made.id}`, read)).toEqual(read);
  const changed = await api.done(`company/update/${made.id}`, {
    company_name: "GLOBEX",
    website: "http://globex.de",
    rating: null,
    country: "US",
  });
  expect(changed).toMatchObject({
    company_name: "GLOBEX",
    domain: "globex.de",
    rating: null,
    country: "US",
    city: "Berlin",
  });
  const bare = await api.done(`company/update/${made.id}`, { website: null });
  expect(bare).toMatchObject({ website: null, domain: null });
  const { body } = await api.delete(`company/delete/${made.id}`);
  expect(body.data).toEqual({ deleted: 1, not_found: [] });
  const left = await asOwner(
    `select company_id from crm.leads where first_name = 'Lea' and company_id is null
      and workspace_id = (select workspace_id from crm.users where number = $1)
     union all select company_id from crm.contacts
      where workspace_id = (select workspace_id from crm.users where number = $1)`,
    [number],
  );
  expect(left).toEqual([{ company_id: null }, { company_id: null }, { company_id: null }]);
  expectLioError(await api.get(`company/view/${made.id}`), 404, "not_found");
});

test("every mistake in a body is told at once, by its field", async () => {
  const { admin: { api } } = await lioWorld();
  expectLioFields(await api.post("company/add", {}), 422, "company_name");
  const wrong = {
    company_name: " ",
    website: "globex",
    contact_email: "nobody",
    country: "Atlantis",
    rating: 6,
    employee_size: "x".repeat(65),
    phone_number: "none",
    company_nmae: "x",
  };
  const refused = await api.post("company/add", wrong);
  expect(refused.status).toBe(422);
  const named = refused.body.error.fields.map(({ field }: { field: string }) => field);
  expect(named.toSorted()).toEqual(Object.keys(wrong).toSorted());
  const made = await api.made("company/add", { company_name: "Acme" });
  const path = `company/update/${made.id}`;
  expectLioFields(await api.post(path, { company_name: null }), 422, "company_name");
  expectLioFields(await api.post(path, {}), 422, "body");
  const readOnly = { company_name: "B", domain: "b.com", lead_count: 1, company_logo: "x" };
  const told = await api.post("company/add", readOnly);
  expectLioFields(told, 422, "domain", "lead_count", "company_logo");
});

test("of many who make a company of one name at once, one does", async () => {
  const { admin: { api } } = await lioWorld();
  const names = ["Globex", "GLOBEX", " globex "];
  const answers = await Promise.all(
    Array.from({ length: 9 }, (_, n) => api.post("company/add", { company_name: names[n % 3] })),
  );
  const [made, ...others] = answers.toSorted((a, b) => a.status - b.status);
  expect(made?.status, made?.text).toBe(201);
  for (const other of others) {
    expectLioError(other, 409, "conflict", "duplicate");
    expect(other.body.error.existing_id).toBe(made?.body.data.id);
  }
  const acme = await api.made("company/add", { company_name: "Acme", website: "https://acme.com" });
  const taken = [
    await api.post("company/add", { company_name: "Acme 2", website: "http://www.acme.com/x" }),
    await api.post(`company/update/${made?.body.data.id}`, { company_name: "ACME" }),
    await api.post(`company/update/${made?.body.data.id}`, { website: "https://acme.com" }),
  ];
  for (const answer of taken) {
    expectLioError(answer, 409, "conflict", "duplicate");
    expect(answer.body.error.existing_id).toBe(acme.id);
  }
});

test("what another organisation has is not found, and in nobody's way", async () => {
  const [mine, theirs] = [await lioWorld(), await lioWorld()];
  const body = { company_name: "Globex", website: "https://globex.com" };
  const foreign = await theirs.admin.api.made("company/add", body);
  const { api } = mine.admin;
  const own = await api.made("company/add", body);
  for (const id of [foreign.id, MISSING]) {
    expectLioError(await api.get(`company/view/${id}`), 404, "not_found");
    expectLioError(await api.get(`company/similar/${id}`), 404, "not_found");
    expectLioError(await api.post(`company/update/${id}`, { rating: 1 }), 404, "not_found");
    expectLioError(await api.delete(`company/delete/${id}`), 404, "not_found");
  }
  const ids = [foreign.id, own.id];
  const gone = await api.send("DELETE", "company/delete/0", { body: { ids } });
  expect(gone.body.data).toEqual({ deleted: 1, not_found: [foreign.id] });
  expect(await theirs.admin.api.read(`company/view/${foreign.id}`)).toEqual(foreign);
});
