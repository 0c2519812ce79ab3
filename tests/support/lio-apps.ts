import type { App } from "../../shared/connected/account.ts";
import type { Json } from "./api-client.ts";
import { connectApp } from "./connected-accounts.ts";
import { type LioUser, lioWorld } from "./lio.ts";
import { HUBSPOT_TOKEN } from "./providers/hubspot-account.ts";
import { SLACK_TOKEN } from "./providers/slack-api.ts";
import { eventually } from "./workspace.ts";

const TOKENS: Partial<Record<App, string>> = { hubspot: HUBSPOT_TOKEN, slack: SLACK_TOKEN };

/** A workspace whose organisation has connected HubSpot and Slack, unless told otherwise. */
export async function appWorld(apps: readonly App[] = ["hubspot", "slack"]) {
  const world = await lioWorld();
  const connect = (app: App, access_token = TOKENS[app] ?? "token", userId: string | null = null) =>
    connectApp(world.workspace.id, app, { userId, credentials: { access_token } });
  for (const app of apps) await connect(app);
  return { ...world, connect };
}

/** Imports of HubSpot, and waits until that is done. */
export async function imported({ api }: Pick<LioUser, "api">, body: object): Promise<Json> {
  const { id } = await api.made("connected-apps/hubspot/import", body);
  return await eventually(async () => {
    const job = await api.read(`connected-apps/hubspot/import/${id}/status`);
    return ["completed", "failed"].includes(job.status) && job;
  });
}
