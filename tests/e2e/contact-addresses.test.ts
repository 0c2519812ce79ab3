import { expect, test } from "vitest";
import { testConnector } from "../support/connector.ts";
import { contactIn, twoContacts } from "../support/contact-merges.ts";
import { idOf } from "../support/links.ts";
import { LeadHubClient } from "../support/leadhub.ts";
import { lioUser } from "../support/lio.ts";
import { person } from "../support/lio-leads.ts";
import { mcpClient, toolResult } from "../support/mcp.ts";
import { asOwner } from "../support/workspace.ts";

const EMAIL = "merged@person.example";
const CRUD = "v1-public-contacts-crud";

/** A contact into which that of EMAIL was merged. */
async function known() {
  const world = await twoContacts({ first_name: "Jane" }, { phone: "+14155550100" });
  await world.api.patch(`${CRUD}?id=${world.keep_id}`, { phone: "+14155550199" });
  await world.merge();
  const emails = async () =>
    (await asOwner<{ email: string }>(
      "select email from crm.contacts where workspace_id = $1 order by email",
      [world.id],
    )).map(({ email }) => email);
  return { ...world, emails };
}

test("ingest by the merged contact's email finds the kept one", async () => {
  const { api, keep_id, emails } = await known();
  const one = await api.post("v1-public-contacts", { email: EMAIL, title: "CTO" });
  expect([one.status, one.body.data]).toMatchObject([200, {
    id: keep_id,
    email: "kept@person.example",
    title: "CTO",
    created: false,
    matched_by: "email",
  }]);
  const more = { email: EMAIL, company_name: "Acme", message: "Hello" };
  expect(idOf(await api.post("v1-public-contacts", more))).toBe(keep_id);
  const rehearsed = await api.post("v1-public-contacts?dry_run=true", { email: EMAIL, title: "X" });
  expect(rehearsed.body.data).toMatchObject({
    outcome: "updated",
    id: keep_id,
    changes: { title: { from: "CTO", to: "X" } },
  });
  expect(await emails()).toEqual(["kept@person.example"]);
});

test("a batch finds it too, by either email", async () => {
  const { api, keep_id, emails } = await known();
  const alike = [{ email: EMAIL, title: "A" }, { email: "kept@person.example", title: "B" }, {
    email: "new@person.example",
    title: "C",
  }];
  for (const contacts of [alike, [...alike, { email: EMAIL, message: "Hello" }]]) {
    const { body: { data } } = await api.post("v1-public-contacts-batch", { contacts });
    expect(data.results.slice(0, 2)).toMatchObject([{ id: keep_id }, { id: keep_id }]);
  }
  expect((await api.get(`${CRUD}?id=${keep_id}`)).body.data.title).toBe("B");
  expect(await emails()).toEqual(["kept@person.example", "new@person.example"]);
});

test("a search and a filter find it by the merged contact's email and phone", async () => {
  const { api, keep_id, apiWith } = await known();
  const ids = async (client: typeof api, query: string) =>
    (await client.get(`${CRUD}?${query}`)).body.data.items.map(({ id }: { id: string }) => id);
  const own = ["email=kept@person.example", "search=kept@person", "search=jane"];
  const besides = [`email=${EMAIL.toUpperCase()}`, `search=${EMAIL}`, "search=MERGED%20person"]
    .concat("search=4155550100", `email=${EMAIL}&status=active`, "search=person.example");
  for (const query of [...own, ...besides]) {
    expect([query, await ids(api, query)]).toEqual([query, [keep_id]]);
  }
  for (
    const query of [
      "email=nobody@person.example",
      `email=${EMAIL}&status=gone`,
      "search=jane%20merged",
    ]
  ) {
    expect([query, await ids(api, query)]).toEqual([query, []]);
  }
  const client = await mcpClient(await apiWith({ scopes: ["contacts:read"] }));
  expect((await toolResult(client, "find_people", { query: EMAIL })).people.items)
    .toMatchObject([{ id: keep_id, email: "kept@person.example" }]);
  expect((await toolResult(client, "person_history", { email: EMAIL })).contact.id).toBe(keep_id);
});

test("an activity, a connector, LeadHub and LIO find it", async () => {
  const world = await known();
  const { api, keep_id, emails } = world;
  const activity = await api.post("v1-public-activities", { type: "note", entity_email: EMAIL });
  expect(activity.body.data).toMatchObject({ contact_id: keep_id, unmatched: [] });
  const { id: connector } = await testConnector(world, {
    target: "contact",
    field_map: { email: "email", last_name: "name" },
  });
  const delivered = await api.post(`v1-public-contacts?connector=${connector}`, {
    email: EMAIL,
    name: "Roe",
  });
  expect(delivered.body.data).toMatchObject({ id: keep_id, email: "kept@person.example" });
  const leadHub = new LeadHubClient(api.baseUrl, await world.key({ api: "leadhub" }));
  const lead = await leadHub.post("leads", { email: EMAIL, first_name: "Jane" });
  expect(lead.status, lead.text).toBe(201);
  const { api: lio } = await lioUser(world);
  const again = await lio.post("lead/add", person({ email: EMAIL }));
  expect(again.status, again.text).toBe(409);
  const rows = await asOwner("select contact_id, email from crm.leads where workspace_id = $1", [
    world.id,
  ]);
  expect(rows).toEqual([{ contact_id: keep_id, email: "kept@person.example" }]);
  expect(await emails()).toEqual(["kept@person.example"]);
});

test("no other contact takes the email; the kept one may, and is then known by it alone", async () => {
  const world = await known();
  const { api, keep_id } = world;
  const other = await contactIn(world, { email: "other@person.example" });
  const refused = await api.patch(`${CRUD}?id=${other}`, { email: EMAIL });
  expect([refused.status, refused.body.error.code]).toEqual([409, "CONFLICT"]);
  const taken = await api.patch(`${CRUD}?id=${keep_id}`, { email: EMAIL });
  expect(taken.body.data.email).toBe(EMAIL);
  expect(await asOwner(ADDRESSES, [world.id])).toEqual([{ email: null, phone: "+14155550100" }]);
});

test("who has no email of its own is known by none", async () => {
  const world = await known();
  await world.api.patch(`${CRUD}?id=${world.keep_id}`, { email: null });
  const again = await world.api.post("v1-public-contacts", { email: EMAIL });
  expect([again.status, again.body.data.id === world.keep_id]).toEqual([201, false]);
});

test("undoing a merge gives the merged contact its email and phone back", async () => {
  const world = await twoContacts({ phone: "+14155550199" }, { phone: "+14155550100" });
  const { merge: { id } } = await world.merge({ email: "merge" });
  const addresses = [{ email: "kept@person.example", phone: null }, {
    email: null,
    phone: "+14155550100",
  }];
  expect(await asOwner(ADDRESSES, [world.id])).toEqual(addresses);
  await world.undo(id);
  expect(await asOwner(ADDRESSES, [world.id])).toEqual([]);
  const ingest = (email: string) => world.api.post("v1-public-contacts", { email });
  expect(idOf(await ingest(EMAIL))).toBe(world.merge_id);
  expect(idOf(await ingest("kept@person.example"))).toBe(world.keep_id);
});

const ADDRESSES =
  "select email, phone from crm.contact_addresses where workspace_id = $1 order by email, phone";
