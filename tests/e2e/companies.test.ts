import { expect, test } from "vitest";
import { expectError } from "../support/expect-error.ts";
import { idOf } from "../support/links.ts";
import { expectMistakes } from "../support/records.ts";
import { testWorkspace } from "../support/workspace.ts";

const PATH = "v1-public-companies";

test("a create with the domain of another updates that one: 201, then 200", async () => {
  const { api } = await testWorkspace();
  const acme = { name: "Acme Inc", domain: "acme.com", industry: "Technology", city: "Berlin" };
  const first = await api.post(PATH, acme);
  const second = await api.post(PATH, {
    name: "Acme Corporation",
    domain: "https://www.ACME.com/about",
    industry: null,
    size: "51-200",
    city: "Hamburg",
  });
  expect([first.status, second.status]).toEqual([201, 200]);
  expect(second.body.data).toEqual({
    ...first.body.data,
    name: "Acme Corporation",
    industry: null,
    size: "51-200",
    city: "Hamburg",
    updated_at: second.body.data.updated_at,
  });
  expect(second.body.data.updated_at > first.body.data.updated_at).toBe(true);
  const list = (await api.get(PATH)).body.data;
  expect([list.items, list.pagination.total]).toEqual([[second.body.data], 1]);
});

test("30 parallel creates of one domain make one company and exactly one 201", async () => {
  const { api } = await testWorkspace();
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, i) => api.post(PATH, { name: `A${i}`, domain: "acme.com" })),
  );
  expect(answers.map(({ status }) => status).toSorted()).toEqual([...Array(29).fill(200), 201]);
  expect(new Set(answers.map(idOf)).size).toBe(1);
  expect((await api.get(PATH)).body.data.pagination.total).toBe(1);
});

test("a domain is matched within its workspace only", async () => {
  const [mine, theirs] = [await testWorkspace(), await testWorkspace()];
  await theirs.api.post(PATH, { name: "Theirs", domain: "acme.com" });
  const { status, body } = await mine.api.post(PATH, { name: "Mine", domain: "acme.com" });
  expect([status, body.data.name]).toEqual([201, "Mine"]);
  expect((await theirs.api.get(PATH)).body.data.items[0].name).toBe("Theirs");
});

test("without a domain a company is always new, also one of the same name", async () => {
  const { api } = await testWorkspace();
  const bodies = [{ name: "Acme" }, { name: "Acme" }, { name: "Acme", domain: null }];
  const answers = [];
  for (const body of bodies) answers.push(await api.post(PATH, body));
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
  expect(new Set(answers.map(idOf)).size).toBe(3);
});

test.each([
  ["acme.com", "acme.com"],
  ["ACME.com", "acme.com"],
  ["www.acme.com", "acme.com"],
  ["https://www.Acme.com/x?y=1#z", "acme.com"],
  ["http://user:pass@acme.com:8080/", "acme.com"],
  ["acme.com.", "acme.com"],
  ["  acme.com  ", "acme.com"],
  ["shop.acme.co.uk", "shop.acme.co.uk"],
  ["bücher.example", "xn--bcher-kva.example"],
  ["xn--bcher-kva.example", "xn--bcher-kva.example"],
])("the domain %j is stored and found as %j", async (given, stored) => {
  const { api } = await testWorkspace();
  const { status, body } = await api.post(PATH, { name: "A", domain: given });
  expect([status, body.data.domain]).toEqual([201, stored]);
  const found = await api.get(`${PATH}?domain=${encodeURIComponent(given)}`);
  expect(found.body.data.items).toEqual([body.data]);
  expect((await api.post(PATH, { name: "B", domain: stored })).status).toBe(200);
});

test.each([
  ["domain", ["acme", "not a domain", "http://", "localhost", "127.0.0.1", "a..com", "co.uk"]],
  ["website", ["acme.com", "ftp://acme.com", "javascript:alert(1)", "https://", "https:// x"]],
  ["phone", ["call me", "12", "+999999", "+49 30 abc", "1".repeat(65)]],
  ["country", ["USA", "XX", "U", "Germany", "ÜS", "00"]],
  ["name", ["x".repeat(256)]],
  ["size", ["x".repeat(65)]],
  ["status", ["x".repeat(65)]],
])("refuses a wrong %s on POST and PATCH", async (field, values) => {
  const { api } = await testWorkspace();
  const url = `${PATH}?id=${idOf(await api.post(PATH, { name: "A" }))}`;
  for (const value of values) {
    expectMistakes(await api.post(PATH, { name: "A", [field]: value }), [field]);
    expectMistakes(await api.patch(url, { [field]: value }), [field]);
  }
});

test("takes blank text in an optional field as absent, and refuses it as a name", async () => {
  const { api } = await testWorkspace();
  const made = await api.post(PATH, {
    name: "A",
    domain: "",
    website: " ",
    phone: "\t",
    size: "5",
  });
  expect(made.body.data).toMatchObject({ domain: null, website: null, phone: null, size: "5" });
  const url = `${PATH}?id=${idOf(made)}`;
  expect((await api.patch(url, { name: "", size: " ", city: "Bern" })).body.data)
    .toMatchObject({ name: "A", size: "5", city: "Bern" });
  expectMistakes(await api.patch(url, { name: "" }), ["body"]);
  for (const name of ["", "   "]) expectMistakes(await api.post(PATH, { name }), ["name"]);
});

test.each([
  ["country", " us ", "US"],
  ["phone", "+1-555-123-4567", "+15551234567"],
  ["phone", "+49 (0)30 901820 ext. 12", "+4930901820;ext=12"],
  ["phone", "030 90 18 20", "030 90 18 20"],
  ["name", "  Acme  ", "Acme"],
  ["website", " https://acme.com/A?b=C ", "https://acme.com/A?b=C"],
])("stores the %s %j as %j", async (field, given, stored) => {
  const { api } = await testWorkspace();
  const { body } = await api.post(PATH, { name: "A", [field]: given });
  expect(body.data[field]).toBe(stored);
});

test("PATCH to the domain of another company is a conflict; to the own one it is not", async () => {
  const { api } = await testWorkspace();
  await api.post(PATH, { name: "Taken", domain: "taken.com" });
  const { body } = await api.post(PATH, { name: "Acme", domain: "acme.com" });
  const url = `${PATH}?id=${body.data.id}`;
  const response = await api.patch(url, { name: "Changed", domain: "https://TAKEN.com" });
  expectError(response, 409, "CONFLICT");
  expect(response.body.error.details.fields).toEqual([
    { field: "domain", message: "Another company has this domain." },
  ]);
  expect((await api.get(url)).body.data).toEqual(body.data);
  expect((await api.patch(url, { domain: "www.acme.com" })).status).toBe(200);
  expect((await api.patch(url, { domain: null })).body.data.domain).toBeNull();
});

test("the spec's PATCH example changes industry and size", async () => {
  const { api } = await testWorkspace();
  const { body } = await api.post(PATH, { name: "Acme", country: "US", industry: "Technology" });
  const url = `${PATH}?id=${body.data.id}`;
  const patched = await api.patch(url, { industry: "SaaS", size: "201-500" });
  expect(patched.body.data).toMatchObject({ name: "Acme", country: "US", industry: "SaaS" });
  expect(patched.body.data.size).toBe("201-500");
});

test("search finds a company by name and by domain", async () => {
  const { api } = await testWorkspace();
  await api.post(PATH, { name: "Umbrella", domain: "rain.example" });
  for (const search of ["umbrella", "rain.ex", "rain umb"]) {
    const { body } = await api.get(`${PATH}?search=${encodeURIComponent(search)}`);
    expect(body.data.items.length, search).toBe(1);
  }
});

test("contact ingest and companies see the same records", async () => {
  const { api } = await testWorkspace();
  const id = idOf(await api.post(PATH, { name: "Acme", domain: "acme.com", city: "Berlin" }));
  const { body } = await api.post("v1-public-contacts", {
    email: "jane@acme.com",
    company_domain: "acme.com",
  });
  expect(body.data.company).toMatchObject({ id, created: false });
  const made = await api.post("v1-public-contacts", { email: "b@x.org", company_name: "New Ltd" });
  const { data } = (await api.get(`${PATH}?id=${made.body.data.company.id}`)).body;
  expect(data).toMatchObject({ name: "New Ltd", domain: null, status: "active" });
});
