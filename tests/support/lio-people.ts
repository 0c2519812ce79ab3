import type { Json } from "./api-client.ts";
import type { LioClient } from "./lio.ts";
import { asOwner } from "./workspace.ts";

/** Makes companies and answers their numbers; no other has such names. */
export async function companiesOf(workspaceId: string, ...names: string[]): Promise<number[]> {
  const made = await asOwner<{ number: string }>(
    `insert into crm.companies (workspace_id, name)
     select $1, name from unnest($2::text[]) with ordinality given (name, place) order by place
     returning number`,
    [workspaceId, names],
  );
  return made.map(({ number }) => Number(number));
}

/** Makes a lead of nobody's, or a user's; answers its number. */
export async function someLead(workspaceId: string, owner: string | null = null): Promise<number> {
  const [lead] = await asOwner<{ number: string }>(
    `insert into crm.leads (workspace_id, pipeline_id, first_name, last_name, assigned_to)
     select $1, id, 'Lea', 'Lead', $2 from crm.pipelines where workspace_id = $1 limit 1
     returning number`,
    [workspaceId, owner],
  );
  return Number(lead?.number);
}

/** Makes contacts of a company by their names, in this order. */
export async function contactsOf(
  api: LioClient,
  company_id: number,
  ...names: string[]
): Promise<Json[]> {
  const made: Json[] = [];
  for (const name of names) made.push(await api.made("contact/add", { name, company_id }));
  return made;
}

/** The ids of a list. */
export async function idsOf(api: LioClient, path: string): Promise<number[]> {
  const { status, body, text } = await api.get(path);
  if (status !== 200) throw new Error(text);
  return body.data.map(({ id }: { id: number }) => id);
}
