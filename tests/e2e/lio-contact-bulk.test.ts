import { expect, test } from "vitest";
import { expectLioError, expectLioFields, lioWorld } from "../support/lio.ts";
import { companiesOf, contactsOf, someLead } from "../support/lio-people.ts";
import { asOwner } from "../support/workspace.ts";

const MISSING = 999_999_999;
const MANY = 2_000;

async function manyContacts(workspaceId: string) {
  await asOwner(
    `insert into crm.contacts (workspace_id, first_name, email)
     select $1, 'N' || n, n || '@many.example' from generate_series(1, ${MANY}) n`,
    [workspaceId],
  );
}

test("contacts chosen by ids get a company, a score and tags", async () => {
  const { workspace, admin: { api } } = await lioWorld();
  const [first, second] = await companiesOf(workspace.id, "Globex", "Initech");
  const [ann, bob] = await contactsOf(api, Number(first), "Ann", "Bob");
  await api.done(`contact/update/${ann.id}`, { tags: ["old"], lead_score: 9 });
  const contact_ids = [ann.id, bob.id, ann.id, MISSING];
  const found = { matched: 2, not_found: [MISSING] };
  expect(await api.done("contact/bulk-update", { contact_ids, lead_score: 9 }))
    .toEqual({ ...found, updated: 1 });
  const body = { ids: contact_ids, company_id: second, tags: ["vip", "VIP"] };
  expect(await api.done("contact/bulk-update", body)).toEqual({ ...found, updated: 2 });
  expect(await api.done("contact/bulk-update", body)).toEqual({ ...found, updated: 0 });
  expect(await api.read(`contact/view/${ann.id}`)).toMatchObject({
    company_id: second,
    lead_score: 9,
    tags: [{ name: "old" }, { name: "vip" }],
  });
  const none = await api.post("contact/bulk-update", { ids: [MISSING], lead_score: 1 });
  expectLioError(none, 404, "not_found");
});

test("what is wrong with a change of many is told by its field", async () => {
  const { workspace, admin: { api } } = await lioWorld();
  const [company] = await companiesOf(workspace.id, "Globex");
  const [ann] = await contactsOf(api, Number(company), "Ann");
  const all = { select_all: true, filters: {} };
  const cases: [object, string][] = [
    [{ ids: [ann.id] }, "body"],
    [{ lead_score: 1 }, "select_all"],
    [{ ids: [1], contact_ids: [1], lead_score: 1 }, "ids"],
    [{ ids: [1], ...all, lead_score: 1 }, "ids"],
    [{ select_all: true, lead_score: 1 }, "filters"],
    [{ ...all, lead_score: 1.5 }, "lead_score"],
    [{ ...all, company_id: null }, "company_id"],
    [{ ...all, company_id: MISSING }, "company_id"],
    [{ ...all, tags: [MISSING] }, "tags"],
    [{ select_all: true, filters: { statsu: 1 }, lead_score: 1 }, "filters.statsu"],
    [{ select_all: true, filters: { my: "yes" }, lead_score: 1 }, "filters.my"],
    [{ ids: [], lead_score: 1 }, "ids"],
  ];
  for (const [body, field] of cases) {
    expectLioFields(await api.post("contact/bulk-update", body), 422, field);
  }
  const tags = Array.from({ length: 50 }, (_, n) => `t${n}`);
  await api.done(`contact/update/${ann.id}`, { tags });
  expectLioFields(await api.post("contact/bulk-update", { ...all, tags: ["x"] }), 422, "tags");
});

test("all that filters find are changed and deleted in one go, twice at once", async () => {
  const { workspace, admin: { api } } = await lioWorld();
  const [company_id, other] = await companiesOf(workspace.id, "Globex", "Initech");
  await manyContacts(workspace.id);
  const all = { select_all: true, filters: {} };
  const work = () => api.done("contact/bulk-update", { ...all, company_id: other, lead_score: 3 });
  const done = await Promise.all([work(), work()]);
  expect(done.map(({ updated }) => updated).toSorted((a, b) => a - b)).toEqual([0, MANY]);
  const named = { select_all: true, filters: { search_value: "n199" } };
  const found = { matched: 11, updated: 11, not_found: [] };
  const change = { ...named, company_id, tags: ["few"] };
  expect(await api.done("contact/bulk-update", change)).toEqual(found);
  const few = { select_all: true, filters: { company_id } };
  expect(await api.done("contact/bulk-update", { ...few, lead_score: 5 })).toEqual(found);
  const some = await api.send("DELETE", "contact/delete/0", { body: few });
  expect(some.body.data, some.text).toEqual({ deleted: 11, not_found: [] });
  const rest = await api.send("DELETE", "contact/delete", { body: all });
  expect(rest.body.data, rest.text).toEqual({ deleted: MANY - 11, not_found: [] });
  const { body } = await api.get("contact/list");
  expect(body.total).toBe(0);
  const nothing = await api.send("DELETE", "contact/delete", { body: all });
  expect(nothing.body.data).toEqual({ deleted: 0, not_found: [] });
});

test("contacts are deleted by ids; leads and deals stay, without them", async () => {
  const { workspace, admin: { api } } = await lioWorld();
  const [company_id] = await companiesOf(workspace.id, "Globex");
  const lead_id = await someLead(workspace.id);
  const ann = await api.made("contact/add", { name: "Ann", company_id, lead_id });
  await asOwner(
    `insert into crm.deals (workspace_id, title, contact_id)
     select workspace_id, 'Licence', id from crm.contacts where number = $1`,
    [ann.id],
  );
  const both = await api.send("DELETE", `contact/delete/${ann.id}`, { body: { ids: [ann.id] } });
  expectLioFields(both, 422, "ids");
  expectLioFields(await api.delete("contact/delete/0"), 422, "select_all");
  expectLioFields(await api.delete("contact/delete"), 422, "select_all");
  const ids = [ann.id, MISSING];
  const { body } = await api.send("DELETE", "contact/delete/0", { body: { ids } });
  expect(body.data).toEqual({ deleted: 1, not_found: [MISSING] });
  const left = await asOwner(
    `select contact_id from crm.leads where workspace_id = $1
     union all select contact_id from crm.deals where workspace_id = $1`,
    [workspace.id],
  );
  expect(left).toEqual([{ contact_id: null }, { contact_id: null }]);
});
