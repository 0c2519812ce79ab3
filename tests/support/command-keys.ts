import { asOwner } from "./workspace.ts";

/** The keys that admin commands have made for themselves and not removed. */
export async function commandKeys(workspaceId: string): Promise<unknown[]> {
  return await asOwner(
    "select id from crm.api_keys where workspace_id = $1 and name = 'admin command'",
    [workspaceId],
  );
}
