import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { CrmClient, crmHttp, expectRefused } from "../support/crm-http.ts";

const NOT_A_UUID = "entityId: Must be a UUID, such as 497f6eca-6276-4993-bfeb-53cbbbba6f08.";
const FOREIGN = "The entity that entityId names is not the one you ask as.";

describe("the entity", () => {
  test("is named in the query or in the body, and in both only if they agree", async () => {
    const { api, id } = await crmHttp();
    const bare = new CrmClient(api.baseUrl, api.key);
    const body = { name: "Acme", entityId: id.toUpperCase() };
    expect(await bare.made("companies", body)).not.toHaveProperty("entityId");
    await bare.made(`companies?entityId=${id}`, body);
    await bare.changed("companies/" + (await api.made("companies", body)).id, { entityId: id });
    const both = "entityId: Must be the same in the query and in the body.";
    const other = { ...body, entityId: randomUUID() };
    expectRefused(await bare.post(`companies?entityId=${id}`, other), 400, both);
    const twice = `companies?entityId=${id}&entityId=${id}`;
    expectRefused(await bare.get(twice), 400, "entityId: Must be given once.");
    const missing = "entityId: Is required, in the query or in the body.";
    expectRefused(await bare.get("companies"), 400, missing);
    expectRefused(await bare.post("companies", { name: "Acme" }), 400, missing);
    for (const given of ["", "acme", `${id}0`]) {
      expectRefused(await bare.get(`companies?entityId=${given}`), 400, NOT_A_UUID);
    }
    expectRefused(await bare.post("companies", { name: "Acme", entityId: 5 }), 400, NOT_A_UUID);
  });

  test("of a deletion too may stand in its body", async () => {
    const { api, id } = await crmHttp();
    const bare = new CrmClient(api.baseUrl, api.key);
    const contact = await api.made("contacts", {});
    const options = { body: { entityId: id } };
    expect((await bare.send("DELETE", `contacts/${contact.id}`, options)).status).toBe(204);
    const lead = await api.made("leads", { title: "D" });
    expectRefused(
      await bare.send("DELETE", `leads/${lead.id}`, { body: { entityId: id, now: true } }),
      400,
      expect.stringContaining("now: Unknown"),
    );
    expect((await bare.send("DELETE", `leads/${lead.id}`, options)).status).toBe(204);
  });

  test("is the key's, whether another one exists or not", async () => {
    const [{ api }, other] = [await crmHttp(), await crmHttp()];
    for (const id of [randomUUID(), other.id]) {
      expectRefused(await api.get(`companies?entityId=${id}`), 403, FOREIGN);
      expectRefused(await api.post(`companies?entityId=${id}`, {}), 403, FOREIGN);
    }
  });
});

test("who asks comes first, then the entity, the scope, and the rest", async () => {
  const { api, id, apiWith } = await crmHttp();
  const reader = await apiWith({ scopes: ["read:crm"] });
  const writer = await apiWith({ scopes: ["write:crm"] });
  const nobody = new CrmClient(api.baseUrl, null);
  const wrong = { nme: 1 };
  expect((await nobody.post("companies?entityId=x", wrong)).status).toBe(401);
  expectRefused(await reader.post("companies?entityId=x", wrong), 400, NOT_A_UUID);
  expectRefused(await reader.post(`companies?entityId=${randomUUID()}`, wrong), 403, FOREIGN);
  const scope = (needed: string) => `This API key lacks the scope ${needed}.`;
  expectRefused(await reader.post("companies", wrong), 403, scope("write:crm"));
  expectRefused(await reader.delete("contacts/none"), 403, scope("write:crm"));
  expectRefused(await writer.get("companies?x=1"), 403, scope("read:crm"));
  expect((await api.post("companies", wrong)).status).toBe(400);
  const typed = { raw: "name=a", headers: { "content-type": "text/plain" } };
  const late = { ...typed, headers: { "content-type": "application/x-www-form-urlencoded" } };
  expect((await nobody.send("POST", `companies?entityId=${id}`, typed)).status).toBe(401);
  expectRefused(await reader.send("POST", "companies?entityId=x", typed), 400, NOT_A_UUID);
  expectRefused(await reader.send("POST", "companies", late), 403, scope("write:crm"));
  expect((await api.send("POST", "companies", typed)).status).toBe(415);
  const big = { name: "A", city: "x".repeat(60_000) };
  expect((await nobody.post("companies", big)).status).toBe(401);
  expectRefused(await reader.post("companies", big), 403, scope("write:crm"));
  expect((await api.post("companies", big)).status).toBe(413);
});

test("bodies, ids, methods and paths that are none are told so", async () => {
  const { api } = await crmHttp();
  for (const raw of ["{", "[]", "5", "null", "", '{"name":"A","name":"B"}', '{"name":"\\u0000"}']) {
    const { status, body } = await api.send("POST", "companies", { raw });
    expect([raw, status, Object.keys(body)]).toEqual([raw, 400, ["error"]]);
  }
  expectRefused(
    await api.get("companies/42"),
    400,
    "company_id: Must be a UUID, such as 497f6eca-6276-4993-bfeb-53cbbbba6f08.",
  );
  const id = randomUUID();
  expectRefused(await api.get(`leads/${id}`), 404, `No lead with id ${id}.`);
  const refused = await api.put(`companies/${id}`, {});
  expect([refused.status, refused.headers.get("allow")]).toEqual([405, "GET, PATCH, OPTIONS"]);
  expect((await api.get("nothing")).status).toBe(404);
});

test("what is another workspace's acts as if it were not there", async () => {
  const [{ api }, other] = [await crmHttp(), await crmHttp()];
  const foreign = (await other.api.made("companies", { name: "A" })).id;
  const none = randomUUID();
  const error = async (path: string) => (await api.get(path)).text.replaceAll(/[0-9a-f-]{36}/g, "");
  expect(await error(`companies/${foreign}`)).toBe(await error(`companies/${none}`));
  expect(await api.listed(`contacts?companyId=${foreign}`)).toEqual([]);
  for (const companyId of [foreign, none]) {
    const refusal = "companyId: No company with this id.";
    expectRefused(await api.post("contacts", { companyId }), 400, refusal);
  }
});

test("every link of a body that leads nowhere is named", async () => {
  const { api } = await crmHttp();
  const links = { companyId: randomUUID(), contactId: randomUUID(), ownerId: randomUUID() };
  const error = "companyId: No company with this id. contactId: No contact with this id. " +
    "ownerId: No user with this id.";
  expectRefused(await api.post("leads", { title: "D", ...links }), 400, error);
  const lead = await api.made("leads", { title: "D" });
  expectRefused(await api.patch(`leads/${lead.id}`, links), 400, error);
  const { ownerId: _, ...activity } = links;
  const more = { type: "call", subject: "S", leadId: randomUUID(), ...activity };
  expectRefused(
    await api.post("activities", more),
    400,
    "leadId: No lead with this id. companyId: No company with this id. " +
      "contactId: No contact with this id.",
  );
});

const LISTS: [plural: string, make: (i: number) => object][] = [
  ["companies", (i) => ({ name: `N ${i}` })],
  ["contacts", (i) => ({ lastName: `N ${i}` })],
  ["leads", (i) => ({ title: `T ${i}` })],
  ["activities", (i) => ({ type: "call", subject: `S ${i}` })],
  ["tasks", (i) => ({ type: "task", subject: `S ${i}` })],
];

test.each(LISTS)("%s are answered in pages", async (plural, make) => {
  const { api } = await crmHttp();
  const empty = { [plural]: [], page: 1, pageSize: 25, total: 0, totalPages: 0 };
  expect(await api.read(plural)).toEqual(empty);
  const path = plural === "tasks" ? "activities" : plural;
  for (let i = 0; i < 7; i++) await api.made(path, make(i));
  const all = (await api.listed(plural)).map(({ id }: Json) => id);
  expect(new Set(all).size).toBe(7);
  const paging = async (query: string) => {
    const { [plural]: records, ...rest } = await api.read(`${plural}?${query}`);
    return [records.map(({ id }: Json) => id), Object.values(rest)];
  };
  expect(await paging("page=1&pageSize=3")).toEqual([all.slice(0, 3), [1, 3, 7, 3]]);
  expect(await paging("page=3&pageSize=3")).toEqual([all.slice(6), [3, 3, 7, 3]]);
  expect(await paging("pageSize=7")).toEqual([all, [1, 7, 7, 1]]);
  expect(await paging("page=9&pageSize=3")).toEqual([[], [9, 3, 7, 3]]);
  expect(await paging("page=1000000000&pageSize=100")).toEqual([[], [1_000_000_000, 100, 7, 1]]);
  // The older name counts while no page is named, also next to the newer one.
  expect(await paging("limit=2")).toEqual([all.slice(0, 2), [1, 2, 7, 4]]);
  expect(await paging("limit=500")).toEqual([all, [1, 500, 7, 1]]);
  expect(await paging("limit=2&pageSize=4")).toEqual([all.slice(0, 2), [1, 2, 7, 4]]);
  expect(await paging("limit=2&page=1")).toEqual([all, [1, 25, 7, 1]]);
  expect(await paging("limit=2&page=2&pageSize=4")).toEqual([all.slice(4), [2, 4, 7, 2]]);
  const bad = ["page=0", "page=1.5", "page=-1", "page=x", "page=", "pageSize=0", "pageSize=101"];
  for (const query of [...bad, "limit=0", "limit=501", "page=1000000001"]) {
    const field = query.replace(/=.*/, "");
    const { status, body } = await api.get(`${plural}?${query}`);
    expect([query, status]).toEqual([query, 400]);
    expect(body.error).toMatch(new RegExp(`^${field}: Must be a whole number from 1 to \\d+\\.$`));
  }
  const { body } = await api.get(`${plural}?page=0&pageSize=0&limit=0&pag=1&page=2`);
  for (const field of ["page", "pageSize", "limit", "pag"]) {
    expect(body.error).toContain(`${field}: `);
  }
});
