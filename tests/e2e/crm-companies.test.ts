import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { crmHttp, expectRefused, ID, TIME } from "../support/crm-http.ts";

const NEW = {
  id: ID,
  name: "Acme Inc",
  relationship: "prospect",
  lifecycle: "active",
  ownerId: null,
  domain: null,
  industry: null,
  size: null,
  website: null,
  phone: null,
  city: null,
  state: null,
  country: null,
  createdAt: TIME,
  updatedAt: TIME,
};

test("a company is made of a name alone, or of everything; null is the same as absent", async () => {
  const { api, user } = await crmHttp();
  const made = await api.made("companies", { name: " Acme Inc ", relationship: null, size: null });
  expect(made).toEqual(NEW);
  expect(Object.keys(made)).toEqual(Object.keys(NEW));
  expect(await api.read(`companies/${made.id}`)).toEqual(made);
  const all = {
    name: "Whole",
    relationship: "both",
    lifecycle: "inactive",
    ownerId: await user("Jo"),
    domain: "whole.example.com",
    industry: "Steel",
    size: "11-50",
    website: "https://whole.example.com/",
    phone: "+14155550100",
    city: "Oslo",
    state: "Oslo",
    country: "NO",
  };
  const whole = await api.made("companies", all);
  expect(whole).toEqual({ ...NEW, ...all });
  const cleared = Object.fromEntries(Object.keys(all).slice(3).map((name) => [name, null]));
  expect(await api.changed(`companies/${whole.id}`, cleared))
    .toEqual({ ...NEW, name: "Whole", relationship: "both", lifecycle: "inactive" });
});

test("a change leaves what is absent; what was read can be sent back, and nothing at all", async () => {
  const { api } = await crmHttp();
  const made = await api.made("companies", { name: "Acme Inc", city: "Oslo", id: 5, createdAt: 1 });
  const path = `companies/${made.id}`;
  expect(await api.changed(path, {})).toEqual(made);
  expect(await api.changed(path, { ...made, id: randomUUID(), updatedAt: null })).toMatchObject({
    ...made,
    updatedAt: TIME,
  });
  expect(await api.changed(path, { relationship: "vendor" }))
    .toEqual({ ...made, relationship: "vendor", updatedAt: TIME });
});

test("every wrong field is named in one sentence", async () => {
  const { api } = await crmHttp();
  const wrong = {
    name: "",
    relationship: "friend",
    lifecycle: "dead",
    ownerId: 5,
    size: 11,
    domain: "not a domain",
    countri: "NO",
  };
  const { status, body } = await api.post("companies?nme=1", wrong);
  expect(status).toBe(400);
  for (const field of [...Object.keys(wrong), "nme"]) expect(body.error).toContain(`${field}: `);
  expect(body.error).toContain("Must be one of prospect, customer, vendor, both.");
  expect(body.error).toContain("did you mean country?");
  expectRefused(await api.post("companies", {}), 400, "name: Is required; must be a string.");
  const { id } = await api.made("companies", { name: "n".repeat(255) });
  const nulls = { name: null, relationship: null, lifecycle: null };
  const refused = await api.patch(`companies/${id}`, nulls);
  expect(refused.status).toBe(400);
  for (const field of Object.keys(nulls)) {
    expect(refused.body.error).toContain(`${field}: `);
  }
  expect((await api.post("companies", { name: "n".repeat(256) })).status).toBe(400);
  expectRefused(
    await api.patch(`companies/${id}`, { ownerId: randomUUID() }),
    400,
    "ownerId: No user with this id.",
  );
});

test("a domain is one company's, whether made or changed", async () => {
  const { api } = await crmHttp();
  const first = await api.made("companies", { name: "A", domain: "https://Acme.com/about" });
  expect(first.domain).toBe("acme.com");
  const taken = "domain: Another company has this domain.";
  expectRefused(await api.post("companies", { name: "B", domain: "ACME.com" }), 409, taken);
  const second = await api.made("companies", { name: "B" });
  const path = `companies/${second.id}`;
  expectRefused(await api.patch(path, { domain: "acme.com" }), 409, taken);
  expect((await api.changed(`companies/${first.id}`, { domain: "acme.com" })).domain)
    .toBe("acme.com");
});

test("any status but inactive reads as active, and stays when it is sent back", async () => {
  const { api, native } = await crmHttp();
  const { body: { data } } = await native.post("v1-public-companies", {
    name: "Acme",
    status: "key account",
  });
  const path = `companies/${data.id}`;
  const status = async () =>
    (await native.get(`v1-public-companies?id=${data.id}`)).body.data.status;
  const read = await api.read(path);
  expect(read.lifecycle).toBe("active");
  await api.changed(path, read);
  expect(await status()).toBe("key account");
  expect((await api.changed(path, { lifecycle: "inactive" })).lifecycle).toBe("inactive");
  expect(await status()).toBe("inactive");
  expect((await api.changed(path, { lifecycle: "active" })).lifecycle).toBe("active");
  expect(await status()).toBe("active");
  expect(await api.listed("companies?lifecycle=active")).toHaveLength(1);
  expect(await api.listed("companies?lifecycle=inactive")).toEqual([]);
});

test("companies are listed by name, filtered and searched", async () => {
  const { api, user } = await crmHttp();
  const [jo, al] = [await user("Jo"), await user("Al")];
  const rows: [string, object][] = [
    ["beta", { relationship: "customer", ownerId: jo }],
    ["Alpha", { relationship: "both", lifecycle: "inactive" }],
    ["100% pure_gold", { ownerId: al, domain: "beta.com" }],
    ["Beta Two", { ownerId: jo }],
  ];
  for (const [name, more] of rows) await api.made("companies", { name, ...more });
  const names = async (query: string) =>
    (await api.listed(`companies?${query}`)).map(({ name }: Json) => name);
  expect(await names("")).toEqual(["100% pure_gold", "Alpha", "beta", "Beta Two"]);
  const asked: Record<string, string[]> = {
    "relationship=customer": ["beta"],
    "lifecycle=inactive": ["Alpha"],
    "search=BETA": ["beta", "Beta Two"],
    "search=two%20beta": ["Beta Two"],
    "search=%25": ["100% pure_gold"],
    "search=e_g": ["100% pure_gold"],
    "search=a_a": [],
    "search=": ["100% pure_gold", "Alpha", "beta", "Beta Two"],
    [`owner=${jo.toUpperCase()}`]: ["beta", "Beta Two"],
    "owner=unassigned": ["Alpha"],
    [`owner=${randomUUID()}`]: [],
    [`owner=${jo}&relationship=prospect&lifecycle=active&search=b`]: ["Beta Two"],
  };
  for (const [query, expected] of Object.entries(asked)) {
    expect(await names(query), query).toEqual(expected);
  }
  const { status, body } = await api.get("companies?owner=me&relationship=x");
  expect(status).toBe(400);
  expect(body.error).toContain("relationship: Must be one of");
  expectRefused(
    await api.get("companies?owner=me"),
    400,
    "owner: Must be the UUID of a user or unassigned: a key has no user that is me.",
  );
  expectRefused(
    await api.get("companies?owner=jo"),
    400,
    "owner: Must be the UUID of a user, me or unassigned.",
  );
});
