import { expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { expectLioError, expectLioFields, lioWorld } from "../support/lio.ts";
import { companiesOf, contactsOf, idsOf, someLead } from "../support/lio-people.ts";
import { asOwner } from "../support/workspace.ts";

const ids = (records: Json[]) => records.map(({ id }) => id);

test("contacts are listed in pages, in each order, with filters and words", async () => {
  const { workspace, admin: { api }, user } = await lioWorld();
  const [globex, initech] = await companiesOf(workspace.id, "Globex GmbH", "Initech");
  const [bea, ann, zoe] = await contactsOf(api, Number(globex), "bea Z", "Ann B", "Zoë");
  const manager = await user("manager");
  const [mia, max] = await contactsOf(manager.api, Number(initech), "Ann A", "Max");
  await api.done(`contact/update/${mia.id}`, { email: "mia@x.com", lead_score: 40, status: 2 });
  await api.done(`contact/update/${bea.id}`, { lead_score: 7, phone_number: "+1 555 123 4567" });
  const page = await api.get("contact/list?limit=2&page=2");
  expect(page.body).toMatchObject({ total: 5, page: 2, limit: 2, message: "Contacts fetched" });
  expect(ids(page.body.data)).toEqual([zoe.id, ann.id]);
  const list = (query: string) => idsOf(api, `contact/list?${query}`);
  expect(await list("page=9")).toEqual([]);
  expect(await list("order_by=name&order_in=ASC"))
    .toEqual([mia.id, ann.id, bea.id, max.id, zoe.id]);
  expect(await list("order_by=lead_score&limit=2")).toEqual([mia.id, bea.id]);
  expect(await list("order_by=email&limit=1")).toEqual([mia.id]);
  expect(await list("order_by=updated_at&limit=2")).toEqual([bea.id, mia.id]);
  expect(await list("my=true&order_in=asc")).toEqual(ids([bea, ann, zoe]));
  expect(await idsOf(manager.api, "contact/list?my=1")).toEqual([max.id, mia.id]);
  expect(await list("my=false&limit=1")).toEqual([max.id]);
  expect(await list(`company_id=${initech}`)).toEqual([max.id, mia.id]);
  expect(await list("status=2")).toEqual([mia.id]);
  expect(await list("status=1,2&limit=1")).toEqual([max.id]);
  expect(await list("search_value=zoë%20gmbh")).toEqual([zoe.id]);
  expect(await list("search_value=mia@x")).toEqual([mia.id]);
  expect(await list("search_value=%25")).toEqual([]);
  expect(await list("search_value=555%20123%204567")).toEqual([bea.id]);
  const today = ann.created_at.slice(0, 10);
  expect(await list(`start_date=${today}&end_date=${zoe.created_at.slice(0, 10)}&my=1&limit=1`))
    .toEqual([zoe.id]);
  expect(await list("end_date=2020-01-01")).toEqual([]);
  const wrong = "contact/list?my=yes&company_id=x&status=a&order_by=nmae&page=0&foo=1";
  const fields = ["page", "my", "company_id", "status", "order_by", "foo"];
  expectLioFields(await api.get(wrong), 400, ...fields);
});

test("a status that another API brings in becomes one of the list, and follows it", async () => {
  const { workspace, admin: { api } } = await lioWorld();
  const [company_id] = await companiesOf(workspace.id, "Globex");
  const [ann] = await contactsOf(api, Number(company_id), "Ann");
  await asOwner("update crm.contacts set status = 'on_hold' where number = $1", [ann.id]);
  const { status } = await api.read(`contact/view/${ann.id}`);
  expect(status).toBeGreaterThan(100);
  expect(await idsOf(api, `contact/list?status=${status}`)).toEqual([ann.id]);
  const [word] = await asOwner(
    "select name from crm.lookups where workspace_id = $1 and number = $2 and type = 'status'",
    [workspace.id, status],
  );
  expect(word).toEqual({ name: "On hold" });
});

test("a Viewer reads, a Rep writes, and a Manager deletes", async () => {
  const { workspace, user, keyed } = await lioWorld();
  const [company_id] = await companiesOf(workspace.id, "Globex");
  const [viewer, rep, manager] = [await user("viewer"), await user("rep"), await user("manager")];
  const body = { name: "Ann", company_id };
  expectLioError(await viewer.api.post("contact/add", body), 403, "permission_error", "role");
  const ann = await rep.api.made("contact/add", body);
  expect(ann.owner_id).toBe(rep.number);
  expect(await viewer.api.read(`contact/view/${ann.id}`)).toEqual(ann);
  const change = { lead_score: 1 };
  for (const path of [`contact/update/${ann.id}`, "contact/bulk-update"]) {
    expectLioError(await viewer.api.post(path, change), 403, "permission_error", "role");
  }
  await manager.api.done(`contact/update/${ann.id}`, change);
  for (const path of [`contact/delete/${ann.id}`, "contact/delete/0", "contact/delete"]) {
    expectLioError(await rep.api.delete(path), 403, "permission_error", "role");
  }
  expectLioError(
    await (await keyed()).get("contact/list"),
    401,
    "authentication_error",
    "token_missing",
  );
  expect((await manager.api.delete(`contact/delete/${ann.id}`)).status).toBe(200);
});

test("a contact is the person of a lead, which a Rep sees where they see the lead", async () => {
  const { workspace, admin: { api, id }, user } = await lioWorld();
  const [company_id] = await companiesOf(workspace.id, "Globex");
  const rep = await user("rep");
  const [free, taken] = [await someLead(workspace.id), await someLead(workspace.id, id)];
  const body = { name: "Ann Roe", email: "ann@x.com", company_id };
  expectLioFields(await rep.api.post("contact/add", { ...body, lead_id: taken }), 422, "lead_id");
  const ann = await api.made("contact/add", { ...body, lead_id: taken });
  expect(ann.lead_id).toBe(taken);
  const [lead] = await asOwner("select first_name, email from crm.leads where number = $1", [
    taken,
  ]);
  expect(lead).toEqual({ first_name: "Ann", email: "ann@x.com" });
  expect((await rep.api.read(`contact/view/${ann.id}`)).lead_id).toBeNull();
  const path = `contact/update/${ann.id}`;
  expect((await api.done(path, { lead_id: free })).lead_id).toBe(free);
  expect((await api.done(path, { lead_id: null })).lead_id).toBeNull();
});
