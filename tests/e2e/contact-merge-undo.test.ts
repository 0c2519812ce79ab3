import { expect, test } from "vitest";
import { contactIn, MERGE, merged, twoContacts } from "../support/contact-merges.ts";
import { NOBODY } from "../support/records.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

const CRUD = "v1-public-contacts-crud";

/** A merge that can be undone. */
async function done() {
  const world = await twoContacts({ first_name: "Jane" }, { last_name: "Roe", title: "CEO" });
  const before = {
    kept: await world.contact(world.keep_id),
    other: await world.contact(world.merge_id),
  };
  const { merge: { id } } = await world.merge();
  const refuse = async (at = id) => {
    const { status, body } = await world.api.send("POST", `${MERGE}/undo?id=${at}`, {});
    return { status, field: body.error?.details?.fields?.[0], code: body.error?.code };
  };
  return { ...world, before, mergeId: id as string, refuse };
}

test("undoing puts both contacts back as they were", async () => {
  const { undo, mergeId, keep_id, merge_id, before, contact } = await done();
  const { undone, ...back } = await undo(mergeId);
  const updated_at = expect.any(String);
  expect(back).toEqual({ ...before.other, updated_at });
  expect(await contact(keep_id)).toEqual({ ...before.kept, updated_at });
  expect(await contact(merge_id)).toEqual(back);
  expect(undone).toMatchObject({ id: mergeId, keep_id, kept_changes: {} });
});

test("a dry run answers what undoing does, and does nothing", async () => {
  const { api, undo, mergeId, merge_id } = await done();
  const { body: { data } } = await api.send("POST", `${MERGE}/undo?id=${mergeId}&dry_run=true`, {});
  expect(data).toMatchObject({ dry_run: true, outcome: "created", id: merge_id });
  expect((await api.get(`${CRUD}?id=${merge_id}`)).status).toBe(404);
  const { undone, ...back } = await undo(mergeId);
  const { updated_at: _, ...record } = data.record;
  expect(back).toMatchObject(record);
  expect(data.undone).toEqual(undone);
});

test("what was changed since stays, and is told", async () => {
  const { api, undo, mergeId, keep_id, contact } = await done();
  await api.patch(`${CRUD}?id=${keep_id}`, { title: "CFO", first_name: "Janet" });
  const { undone } = await undo(mergeId);
  expect(undone.kept_changes).toEqual({ title: { from: null, to: "CFO" } });
  expect(await contact(keep_id)).toMatchObject({
    first_name: "Janet",
    last_name: null,
    title: "CFO",
  });
});

test("records that were moved elsewhere since stay there, and new ones stay too", async () => {
  const workspace = await twoContacts();
  const { api, keep_id, merge_id, merge, undo } = workspace;
  const deal = async (contact_id: string) =>
    (await api.post("v1-public-deals", { title: "Licence", contact_id })).body.data.id as string;
  const [moved, back, gone] = [await deal(merge_id), await deal(merge_id), await deal(merge_id)];
  const { merge: { id, moved: counts } } = await merge();
  expect(counts.deals).toBe(3);
  const third = await contactIn(workspace, { email: "third@person.example" });
  await api.patch(`v1-public-deals?id=${moved}`, { contact_id: third });
  await api.delete(`v1-public-deals?id=${gone}`);
  const added = await deal(keep_id);
  const { undone } = await undo(id);
  expect(undone.moved.deals).toBe(1);
  const of = async (one: string) =>
    (await api.get(`v1-public-deals?id=${one}`)).body.data.contact_id;
  expect([await of(moved), await of(back), await of(added)]).toEqual([third, merge_id, keep_id]);
});

test("a merge is undone once", async () => {
  const { undo, refuse, mergeId } = await done();
  await undo(mergeId);
  expect(await refuse()).toMatchObject({
    status: 409,
    code: "CONFLICT",
    field: { field: "id", message: "This merge was undone before." },
  });
});

test("after 30 days it is too late, and housekeeping has forgotten what it took", async () => {
  const { id, refuse } = await done();
  await asOwner(
    "update crm.contact_merges set undo_until = now() - interval '1 second' where workspace_id = $1",
    [id],
  );
  const late = { status: 409, field: { message: expect.stringContaining("for 30 days") } };
  expect(await refuse()).toMatchObject(late);
  await asOwner("select app.housekeep()");
  expect(await asOwner("select undo from crm.contact_merges where workspace_id = $1", [id]))
    .toEqual([{ undo: null }]);
  expect(await refuse()).toMatchObject(late);
});

test("the last of merges in a row is undone first", async () => {
  const { api, mergeId, keep_id, merge_id, refuse, undo, contact, ...workspace } = await done();
  const third = await contactIn({ api, ...workspace }, { email: "third@person.example" });
  const { merge: { id } } = await merged(api, { keep_id: third, merge_id: keep_id });
  expect(await refuse()).toMatchObject({
    status: 409,
    field: { message: expect.stringContaining("undo that merge first") },
  });
  await undo(id);
  expect(await undo(mergeId)).toMatchObject({ id: merge_id, last_name: "Roe", title: "CEO" });
  expect(await contact(keep_id)).toMatchObject({ first_name: "Jane", last_name: null });
});

test("an email that is another's by now is in the way", async () => {
  const { api, keep_id, refuse } = await done();
  await api.patch(`${CRUD}?id=${keep_id}`, { email: "merged@person.example" });
  expect(await refuse()).toMatchObject({ status: 409, field: { field: "email" } });
  await api.patch(`${CRUD}?id=${keep_id}`, { email: "kept@person.example" });
  expect((await refuse()).status).toBe(200);
});

test("a company, a list and an owner that are gone by now do not come back", async () => {
  const { api, id, keep_id, merge_id, merge, undo } = await twoContacts({}, {
    company_name: "Acme",
  });
  const list = `with list as (
      insert into crm.marketing_lists (workspace_id, name) values ($1, 'Spring') returning id)
    insert into crm.marketing_list_members (workspace_id, list_id, contact_id)
      select $1, list.id, contact from list, unnest($2::uuid[]) contact`;
  await asOwner(list, [id, [keep_id, merge_id]]);
  const { merge: { id: mergeId }, company_id } = await merge();
  await api.delete(`v1-public-companies?id=${company_id}`);
  await asOwner("delete from crm.marketing_lists where workspace_id = $1", [id]);
  const back = await undo(mergeId);
  expect(back).toMatchObject({ id: merge_id, company_id: null });
  expect(back.undone.moved.marketing_list_members).toBe(0);
});

test("merges of other workspaces are not found", async () => {
  const { mergeId } = await done();
  const { api } = await testWorkspace();
  for (const id of [mergeId, NOBODY]) {
    const { status, body } = await api.send("POST", `${MERGE}/undo?id=${id}`, {});
    expect([status, body.error.message]).toEqual([404, `No merge with id ${id}.`]);
  }
});

test("who wants no mail since goes on wanting none, both of them", async () => {
  const { id, undo, mergeId, keep_id, merge_id } = await done();
  const optOut = "update crm.contacts set unsubscribed = true where workspace_id = $1 and id = $2";
  await asOwner(optOut, [id, keep_id]);
  await undo(mergeId);
  const wanting = "select id from crm.contacts where workspace_id = $1 and not unsubscribed";
  expect(await asOwner(wanting, [id])).toEqual([]);
  expect(keep_id).not.toBe(merge_id);
});

test("the first of two merges is undone by the email that the second one left behind", async () => {
  const world = await twoContacts();
  const { api, keep_id, merge_id, merge, undo, contact } = world;
  const first = await merge({ email: "merge" });
  const third = await contactIn(world, { email: "third@person.example" });
  const { status } = await api.post(MERGE, {
    keep_id,
    merge_id: third,
    fields: { email: "merge" },
  });
  expect(status).toBe(200);
  await undo(first.merge.id);
  expect(await contact(merge_id)).toMatchObject({ email: "merged@person.example" });
  expect(await contact(keep_id)).toMatchObject({ email: "third@person.example" });
});
