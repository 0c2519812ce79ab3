import { asOwner } from "../workspace.ts";

/** The contacts whom examples name: one of each account that is made here, and one of none. */
const CONTACTS = [[31, "Hank Scorpio"], [32, "Frank Grimes"]] as const;

/** Makes what examples about target accounts name, and lets the company that they name be none. */
export async function addAccountParts(workspaceId: string): Promise<void> {
  for (const [number, name] of CONTACTS) {
    await asOwner(
      `insert into crm.contacts (workspace_id, number, first_name) overriding system value
       select $1, $2, $3
       where not exists (select from crm.contacts where workspace_id = $1 and number = $2)`,
      [workspaceId, number, name],
    );
  }
  await asOwner(
    `delete from crm.target_accounts a using crm.companies c
      where a.workspace_id = $1 and c.workspace_id = a.workspace_id and c.id = a.company_id and c.number = 17`,
    [workspaceId],
  );
}

/** Makes a target account, of a company of its own and with the first of the contacts; answers its number. */
export async function addAccount(workspaceId: string): Promise<string> {
  await addAccountParts(workspaceId);
  const [made] = await asOwner<{ number: string }>(
    `with company as (
       insert into crm.companies (workspace_id, name) values ($1, 'Company ' || gen_random_uuid()) returning id
     ), account as (
       insert into crm.target_accounts (workspace_id, company_id, estimated_decision_makers)
       select $1, id, 4 from company returning id, number
     ), person as (
       insert into crm.target_account_contacts (workspace_id, target_account_id, contact_id)
       select $1, account.id, c.id from account, crm.contacts c where c.workspace_id = $1 and c.number = $2
     )
     select number from account`,
    [workspaceId, CONTACTS[0][0]],
  );
  return String(made?.number);
}
