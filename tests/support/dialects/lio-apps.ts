import { connectApp } from "../connected-accounts.ts";
import { HUBSPOT_TOKEN } from "../providers/hubspot-account.ts";
import { SLACK_TOKEN } from "../providers/slack-api.ts";
import { asOwner } from "../workspace.ts";

/** What Slack says of channels, which no schema can know. */
export const APP_MISTAKES = [
  "^Slack has no such channel",
  "^The (app is not a member of the|channel is archived)",
  "^Must map a property to at least one of",
];

/** Connects what operations on other services need, unless it is. */
export async function addApps(workspaceId: string): Promise<void> {
  const known = await asOwner(
    "select from crm.connected_accounts where workspace_id = $1 and provider = 'slack'",
    [workspaceId],
  );
  if (known.length > 0) return;
  await connectApp(workspaceId, "hubspot", { credentials: { access_token: HUBSPOT_TOKEN } });
  await connectApp(workspaceId, "slack", { credentials: { access_token: SLACK_TOKEN } });
}

/** Makes an import from HubSpot that is done; answers its number. */
export async function addHubspotImport(workspaceId: string): Promise<string> {
  const [made] = await asOwner<{ number: string }>(
    `insert into crm.import_jobs (workspace_id, type, status, errors, finished_at)
     values ($1, 'hubspot_import', 'completed', $2, now()) returning number`,
    [workspaceId, JSON.stringify([{ row: 1, field: "email", message: "No.", hubspot_id: "51" }])],
  );
  return String(made?.number);
}
