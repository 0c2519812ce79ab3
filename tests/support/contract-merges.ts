import { EXAMPLE_IDS } from "../../shared/dialects/lumenbase/openapi/examples.ts";
import { asOwner, type TestWorkspace } from "./workspace.ts";

/** Makes merges that can be undone; answers their ids. */
export async function mergesIn(
  { api }: TestWorkspace,
  size: number,
  ofPerson = "merge",
): Promise<string[]> {
  const made = Array.from({ length: size }, async (_, i) => {
    const [keep_id, merge_id] = await Promise.all(["kept", "other"].map(async (name) => {
      const email = `${ofPerson}${name}${i}@example.com`;
      return (await api.post("v1-public-contacts", { email })).body.data.id as string;
    }));
    const { status, body, text } = await api.post("v1-public-contacts-merge", {
      keep_id,
      merge_id,
    });
    if (status !== 200) throw new Error(text);
    return body.data.merge.id as string;
  });
  return await Promise.all(made);
}

/** Sees to it that the contacts of the contract's example of a merge are there. */
export async function examplesToMerge(workspaceId: string): Promise<void> {
  await asOwner(
    `insert into crm.contacts (workspace_id, id) select $1, id from unnest($2::uuid[]) id
     on conflict do nothing`,
    [workspaceId, [EXAMPLE_IDS.contact, EXAMPLE_IDS["other contact"]]],
  );
}

/** Makes a contact to keep and others to merge into it, beside those of the example; answers their ids. */
export async function mergeable({ id }: TestWorkspace, size: number): Promise<string[]> {
  await examplesToMerge(id);
  const rows = await asOwner<{ id: string }>(
    `insert into crm.contacts (workspace_id, last_name)
     select $1, 'Roe ' || n from generate_series(0, $2::int) n returning id`,
    [id, size],
  );
  return rows.map((row) => row.id);
}
