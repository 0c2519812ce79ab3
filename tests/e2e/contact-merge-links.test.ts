import { expect, test } from "vitest";
import { LINKED, MERGED_WITH_THEIR_LIKE } from "../../shared/crm/contact-merges.ts";
import type { Json } from "../support/api-client.ts";
import {
  contactIn,
  contactLinks,
  linkedRows,
  merged,
  twoContacts,
  undone,
} from "../support/contact-merges.ts";
import { fillWorkspace } from "../support/tenant-tables.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

/** A workspace in which a row of every table refers to one contact, and another contact. */
async function linkedContact() {
  const workspace = await testWorkspace();
  const own = await fillWorkspace(workspace.id);
  const merge_id = own["crm.contacts"] ?? "";
  for (const table of ["meetings", "calls", "outreach_steps"]) {
    await asOwner(`update crm.${table} set contact_id = $2 where workspace_id = $1`, [
      workspace.id,
      merge_id,
    ]);
  }
  await attach(workspace.id, merge_id);
  const keep_id = await contactIn(workspace, { email: "kept@person.example" });
  return { ...workspace, merge_id, keep_id };
}

async function attach(workspaceId: string, contactId: string): Promise<void> {
  await asOwner(
    `insert into crm.attachments (workspace_id, contact_id, provider, external_id, file_name, category)
     values ($1, $2, 'dropbox', 'x1', 'Offer.pdf', 'pdf')`,
    [workspaceId, contactId],
  );
}

test("a merge handles all that refers to contacts", async () => {
  const links = await contactLinks();
  expect(links.map(({ table }) => table)).toEqual([...LINKED].sort());
  expect([...new Set(links.map(({ column }) => column))]).toEqual(["contact_id"]);
  const known = await asOwner<{ name: string; clash: boolean }>(
    "select name, clash is not null as clash from app.contact_links() order by 1",
  );
  expect(known.map(({ name }) => name)).toEqual(links.map(({ table }) => table));
  expect(known.filter(({ clash }) => clash).map(({ name }) => name))
    .toEqual([...MERGED_WITH_THEIR_LIKE].sort());
});

test("what can be there once a contact is what merges with its like", async () => {
  const unique = await asOwner<{ table: string }>(
    `select distinct c.relname as table from pg_index i join pg_class c on c.oid = i.indrelid
       join pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey::int2[])
     where i.indisunique and c.relnamespace = 'crm'::regnamespace
       and a.attname in ('contact_id', 'subject_id')
     order by 1`,
  );
  expect(unique.map(({ table }) => table)).toEqual([...MERGED_WITH_THEIR_LIKE].sort());
});

test("each relation moves to the kept contact, and back when the merge is undone", async () => {
  const { api, id, merge_id, keep_id } = await linkedContact();
  const before = await linkedRows(id);
  for (const [table, rows] of Object.entries(before)) {
    expect([table, rows.filter(({ contact_id }) => contact_id === merge_id).length > 0])
      .toEqual([table, true]);
  }
  const { merge } = await merged(api, { keep_id, merge_id });
  const after = await linkedRows(id);
  for (const table of LINKED) {
    const moved = before[table]?.filter(({ contact_id }) => contact_id === merge_id) ?? [];
    expect([table, merge.moved[table]]).toEqual([table, moved.length]);
    expect(after[table]?.filter(({ contact_id }) => contact_id === merge_id)).toEqual([]);
  }
  expect(after.deals).toEqual([{ ...before.deals?.[0], contact_id: keep_id }]);
  const back = await undone(api, merge.id);
  expect(back).toMatchObject({ id: merge_id, undone: { keep_id, kept_changes: {} } });
  expect(back.undone.moved).toEqual(merge.moved);
  expect(await linkedRows(id)).toEqual(before);
});

test("what both contacts have becomes one, and two again", async () => {
  const { api, id, merge_id, keep_id } = await linkedContact();
  const company = await asOwner<{ id: string }>(
    "select company_id as id from crm.contacts where workspace_id = $1 and id = $2",
    [id, merge_id],
  );
  await api.patch(`v1-public-contacts-crud?id=${keep_id}`, { company_id: company[0]?.id });
  await attach(id, keep_id);
  for (const [table, column] of Object.entries(ONCE)) {
    await asOwner(
      `insert into crm.${table} (workspace_id, contact_id, ${column})
         select workspace_id, $3, ${column} from crm.${table}
         where workspace_id = $1 and contact_id = $2`,
      [id, merge_id, keep_id],
    );
  }
  await asOwner(
    `update crm.target_account_contacts set steps = 3, stakeholder_role = 'champion'
     where workspace_id = $1 and contact_id = $2`,
    [id, merge_id],
  );
  const before = await linkedRows(id);
  const { merge } = await merged(api, { keep_id, merge_id });
  expect(merge.merged).toEqual({
    attachments: 1,
    company_memberships: 1,
    contact_tags: 1,
    marketing_list_members: 1,
    target_account_contacts: 1,
  });
  expect(merge.lost).toContainEqual({
    record: "target_account_contacts",
    field: "stakeholder_role",
    value: "champion",
  });
  expect((await linkedRows(id)).target_account_contacts).toEqual([
    expect.objectContaining({ contact_id: keep_id, steps: 3 }),
  ]);
  await undone(api, merge.id);
  expect(await linkedRows(id)).toEqual(before);
});

const ONCE = {
  contact_tags: "tag_id",
  marketing_list_members: "list_id",
  target_account_contacts: "target_account_id",
};

test("the companies of both are told apart again", async () => {
  const { api, id, keep_id, merge_id, merge, undo, contact } = await twoContacts(
    { company_name: "Acme" },
    { company_name: "Globex" },
  );
  const [kept, other] = [await contact(keep_id), await contact(merge_id)];
  const before = await linkedRows(id);
  const { company_id, merge: { id: mergeId, lost } } = await merge({ company_id: "merge" });
  expect(lost).toEqual([]);
  expect(company_id).toBe(other.company_id);
  const { company_memberships: both = [] } = await linkedRows(id);
  expect(both.map(({ is_primary, ended_at, contact_id }) => [is_primary, ended_at, contact_id]))
    .toEqual(expect.arrayContaining([[true, null, keep_id], [false, null, keep_id]]));
  await undo(mergeId);
  expect(await linkedRows(id)).toEqual(before);
  for (const one of [kept, other]) {
    expect(await contact(one.id)).toEqual({ ...one, updated_at: expect.any(String) });
  }
  const { items } = (await api.get(`v1-public-contacts-crud?company_id=${kept.company_id}`)).body
    .data as Json;
  expect(items).toHaveLength(1);
});
