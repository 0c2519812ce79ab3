import { randomUUID } from "node:crypto";
import type { ApiResponse } from "../api-client.ts";
import { connectApp } from "../connected-accounts.ts";
import { lioWorld } from "../lio.ts";
import { asOwner } from "../workspace.ts";

/** Connects Teams for an organisation, unless it is. */
export async function addTeams(workspaceId: string): Promise<void> {
  const known = await asOwner(
    `select from crm.connected_accounts
      where workspace_id = $1 and provider = 'microsoft' and user_id is null`,
    [workspaceId],
  );
  if (known.length > 0) return;
  const credentials = { access_token: `microsoft-teams-${randomUUID()}` };
  await connectApp(workspaceId, "microsoft", { credentials });
}

/** Asks for channels where Teams is not connected. */
export async function unconnectedTeams(): Promise<ApiResponse> {
  const { admin: { api } } = await lioWorld();
  return await api.get("teams/channels");
}
