import { expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { accountWorld } from "../support/lio-accounts.ts";
import { asOwner } from "../support/workspace.ts";

/** Gives a company a deal of an owner, with a note and a task of it. */
async function sellTo(workspaceId: string, company: number, owner: string | null, value = 100) {
  await asOwner(
    `with deal as (
       insert into crm.deals (workspace_id, title, value, company_id, assigned_to)
       select $1, 'Secret', $4, c.id, $3::uuid from crm.companies c
       where c.workspace_id = $1 and c.number = $2
       returning id, company_id
     ), note as (
       insert into crm.activities (workspace_id, type, title, deal_id, company_id)
       select $1, 'note', 'Noted', id, company_id from deal
     )
     insert into crm.tasks (workspace_id, title, deal_id, company_id)
     select $1, 'To do', id, company_id from deal`,
    [workspaceId, company, owner, value],
  );
}

const titles = (account: Json): string[] =>
  account.recent_activity.map(({ title }: Json) => title).toSorted();

test("what is logged of deals is seen as those are", async () => {
  const { workspace, company, account, admin, user } = await accountWorld();
  const [rep, other] = [await user("rep"), await user("rep")];
  const { id: company_id } = await company();
  const { id } = await account({ company_id });
  await sellTo(workspace.id, company_id, other.id);
  const all = ["Deal created: Secret", "Follow-up added: To do", "Note added: Noted"];
  expect(titles(await admin.api.read(`target-accounts/${id}`))).toEqual(all);
  expect(titles(await other.api.read(`target-accounts/${id}`))).toEqual(all);
  expect(titles(await rep.api.read(`target-accounts/${id}`))).toEqual([]);
});

test("amounts of other currencies are not added up", async () => {
  const { workspace, company, account, admin } = await accountWorld();
  const { id: company_id } = await company();
  const { id } = await account({ company_id });
  await sellTo(workspace.id, company_id, null);
  await sellTo(workspace.id, company_id, null, 1_000_000);
  await asOwner("update crm.deals set currency = 'JPY' where workspace_id = $1 and value > 100", [
    workspace.id,
  ]);
  expect(await admin.api.read(`target-accounts/${id}`)).toMatchObject({
    open_deal_value: 100,
    deals: { open: 2, open_value: 100 },
  });
});

test("an account whose company is gone has no name to be found by", async () => {
  const { company, account, admin, listed } = await accountWorld();
  const { id: company_id } = await company("Globex");
  const { id } = await account({ company_id });
  await admin.api.delete(`company/delete/${company_id}`);
  expect(await listed()).toEqual([id]);
  expect(await listed("?search=zzzz")).toEqual([]);
});
