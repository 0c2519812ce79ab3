import { expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { contactIn, MERGE, twoContacts } from "../support/contact-merges.ts";
import { FEED, settled } from "../support/feed-world.ts";
import { expectMistakes, NOBODY } from "../support/records.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

test("the kept contact has its own values, and the other's where it has none", async () => {
  const { keep_id, merge_id, merge, api } = await twoContacts(
    { first_name: "Jane", title: "CTO" },
    { first_name: "J.", last_name: "Roe", title: "CEO", phone: "+14155550100", source: "fair" },
  );
  const { merge: told, ...kept } = await merge();
  expect(kept).toMatchObject({
    id: keep_id,
    first_name: "Jane",
    last_name: "Roe",
    email: "kept@person.example",
    phone: "+14155550100",
    title: "CTO",
    source: "fair",
  });
  expect(told).toMatchObject({ id: expect.any(String), merged_id: merge_id });
  expect(told.lost).toEqual([
    { record: "contacts", field: "first_name", value: "J." },
    { record: "contacts", field: "title", value: "CEO" },
  ]);
  expect((await api.get(`v1-public-contacts-crud?id=${merge_id}`)).status).toBe(404);
  const read = await api.get(`v1-public-contacts-crud?id=${keep_id}`);
  expect(read.body.data).toEqual(kept);
});

test("`fields` says whose value is kept, also where that is none", async () => {
  const { merge, rehearse } = await twoContacts(
    { first_name: "Jane", title: "CTO" },
    { last_name: "Roe", phone: "+14155550100" },
  );
  const fields = { email: "merge", title: "merge", last_name: "keep", phone: "merge" };
  const would = await rehearse(fields);
  expect(would.changes).toEqual({
    email: { from: "kept@person.example", to: "merged@person.example" },
    title: { from: "CTO", to: null },
    phone: { from: null, to: "+14155550100" },
  });
  expect(await merge(fields)).toMatchObject({
    first_name: "Jane",
    last_name: null,
    email: "merged@person.example",
    title: null,
    phone: "+14155550100",
    merge: { lost: [{ record: "contacts", field: "last_name", value: "Roe" }] },
  });
});

test("a dry run changes nothing, and answers what then happens", async () => {
  const { id, keep_id, merge_id, rehearse, merge, contact, api } = await twoContacts(
    { first_name: "Jane" },
    { last_name: "Roe", company_name: "Acme", message: "Hello" },
  );
  await api.post("v1-public-deals", { title: "Licence", contact_id: merge_id });
  const [before, other] = [await contact(keep_id), await contact(merge_id)];
  const { merge: would, record, ...rest } = await rehearse();
  expect([await contact(keep_id), await contact(merge_id)]).toEqual([before, other]);
  expect(await asOwner("select from crm.contact_merges where workspace_id = $1", [id])).toEqual([]);
  const { merge: done, ...kept } = await merge();
  expect({ ...record, updated_at: kept.updated_at }).toEqual(kept);
  const { id: _, undo_until: __, ...told } = done;
  expect(would).toEqual(told);
  expect(told.moved).toMatchObject({ deals: 1, activities: 1, company_memberships: 1, leads: 0 });
  expect(rest).toEqual({
    dry_run: true,
    outcome: "updated",
    id: keep_id,
    changes: {
      last_name: { from: null, to: "Roe" },
      company_id: { from: null, to: other.company_id },
    },
  });
});

test("who wanted no mail wants none afterwards", async () => {
  const { id, merge_id, keep_id, merge } = await twoContacts();
  await asOwner("update crm.contacts set unsubscribed = true where workspace_id = $1 and id = $2", [
    id,
    merge_id,
  ]);
  await merge();
  expect(
    await asOwner("select unsubscribed from crm.contacts where workspace_id = $1 and id = $2", [
      id,
      keep_id,
    ]),
  ).toEqual([{ unsubscribed: true }]);
});

test("the feed tells each record's change, with the request that did it", async () => {
  const { api, id, keep_id, merge_id } = await twoContacts({}, { last_name: "Roe" });
  const deal = (await api.post("v1-public-deals", { title: "Licence", contact_id: merge_id })).body;
  await settled(id);
  const since = (await api.get(`${FEED}?since=latest`)).body.meta.next_cursor;
  const headers = { "x-request-id": "merge-42" };
  await api.post(MERGE, { keep_id, merge_id }, headers);
  await settled(id);
  const { body } = await api.get(`${FEED}?since=${since}`);
  expect(body.data.map((one: Json) => [one.type, one.record_id, one.request_id, one.changed]))
    .toEqual([
      ["deal.updated", deal.data.id, "merge-42", ["contact_id"]],
      ["contact.deleted", merge_id, "merge-42", []],
      ["contact.updated", keep_id, "merge-42", ["last_name"]],
    ]);
});

test("a retry with its key merges once and is answered alike", async () => {
  const { api, keep_id, merge_id } = await twoContacts();
  const options = { body: { keep_id, merge_id }, headers: { "idempotency-key": "merge-1" } };
  const first = await api.send("POST", MERGE, options);
  const again = await api.send("POST", MERGE, options);
  expect([first.status, again.status, again.text]).toEqual([200, 200, first.text]);
  expect(again.headers.get("idempotency-replayed")).toBe("true");
});

test("what is wrong is named", async () => {
  const { api, keep_id, merge_id } = await twoContacts();
  expectMistakes(await api.post(MERGE, { keep_id, merge_id: keep_id.toUpperCase() }), ["merge_id"]);
  expectMistakes(await api.post(MERGE, { keep_id: "x" }), ["keep_id", "merge_id"]);
  expectMistakes(await api.post(MERGE, { keep_id, merge_id, fields: { title: "both" } }), [
    "fields.title",
  ]);
  expectMistakes(await api.post(MERGE, { keep_id, merge_id, fields: { id: "keep" } }), [
    "fields.id",
  ]);
});

test("contacts that are not there, or another workspace's, are not found", async () => {
  const { api, keep_id, merge_id } = await twoContacts();
  const theirs = await contactIn(await testWorkspace(), { email: "theirs@person.example" });
  for (const other of [NOBODY, theirs]) {
    for (const body of [{ keep_id, merge_id: other }, { keep_id: other, merge_id }]) {
      const { status, body: { error } } = await api.post(MERGE, body);
      expect([status, error.message]).toEqual([404, `No contact with id ${other}.`]);
    }
  }
});

test("merges are listed, newest first, with who and when", async () => {
  const workspace = await twoContacts();
  const { api, keep_id, merge_id, merge, undo } = workspace;
  const { merge: first } = await merge();
  const third = await contactIn(workspace, { email: "third@person.example" });
  await api.post(MERGE, { keep_id, merge_id: third });
  await undo(first.id);
  const page = (await api.get(`${MERGE}?per_page=1`)).body.data;
  expect(page.items).toMatchObject([{ keep_id, merged_id: third, undone_at: null }]);
  const { next_cursor } = page.pagination;
  const { items } = (await api.get(`${MERGE}?per_page=1&cursor=${next_cursor}`)).body.data;
  expect(items).toMatchObject([{
    id: first.id,
    merged_id: merge_id,
    actor: { kind: "key", id: expect.any(String) },
    undone_at: expect.any(String),
    undone_by: { kind: "key", id: expect.any(String) },
  }]);
  const one = (await api.get(`${MERGE}?id=${first.id}`)).body.data;
  expect(one).toEqual(items[0]);
  const of = (await api.get(`${MERGE}?merged_id=${third}`)).body.data;
  expect(of.pagination.total).toBe(1);
});
