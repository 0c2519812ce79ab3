import { apiDatabase } from "./as-role.ts";
import { hurry, mailIntegration, stored, workMail } from "./mail.ts";
import { gmailApi, refusal as gmailRefusal } from "./providers/gmail-api.ts";
import { microsoftGraph, refusal as graphRefusal } from "./providers/microsoft-graph.ts";
import { CLIENT } from "./providers/oauth-worlds.ts";
import { tokenEndpoint } from "./providers/token-endpoint.ts";
import { testWorkspace } from "./workspace.ts";

const SECRETS = {
  client_id: CLIENT.clientId,
  client_secret: CLIENT.clientSecret,
  refresh_token: CLIENT.refreshToken,
};

/** A workspace whose mail goes through a provider with access by OAuth. */
export async function oauthWorld(type: "gmail" | "microsoft") {
  const workspace = await testWorkspace();
  const tokens = await tokenEndpoint(CLIENT);
  const api = type === "gmail" ? await gmailApi(tokens) : await microsoftGraph(tokens);
  const settings = type === "gmail" ? SECRETS : { ...SECRETS, tenant: "common" };
  const integrationId = await mailIntegration(workspace.id, type, settings);
  const database = apiDatabase();
  const env = {
    GOOGLE_TOKEN_URL: tokens.url,
    GMAIL_API_URL: api.url,
    MICROSOFT_TOKEN_URL: tokens.url,
    MICROSOFT_GRAPH_URL: api.url,
  };
  const refusal = (status: number) =>
    type === "gmail"
      ? gmailRefusal(status, "No", "someReason")
      : graphRefusal(status, "ErrorSomeCode", "No");
  return {
    api,
    tokens,
    workspace,
    integrationId,
    refusal,
    asked: () => api.seen.filter(({ method }) => method === "GET").length,
    store: () => stored(database, workspace.id, { integrationId }),
    async work() {
      await hurry(workspace.id);
      await workMail(database, env);
    },
  };
}
