import { randomUUID } from "node:crypto";
import type { ApiResponse, Json } from "./api-client.ts";
import { secretBox } from "../../shared/auth/secret-box.ts";
import { FUNCTIONS_ENVIRONMENT } from "./functions-environment.ts";
import type { LioClient } from "./lio.ts";
import { asOwner, type TestWorkspace } from "./workspace.ts";

const BOX = secretBox(FUNCTIONS_ENVIRONMENT.LUMENBASE_ENCRYPTION_KEY);

/** The services that calendars are connected of. */
export const PROVIDERS = ["google", "microsoft"] as const;

export type Provider = typeof PROVIDERS[number];

/**
 * Connects a calendar of its own with a service, whose stand-in does as the word in its token says; answers
 * the account's id. Also for tests that run at once, which have no hooks.
 */
export async function connectCalendar(
  workspace: Pick<TestWorkspace, "id">,
  userId: string,
  provider: Provider,
  what = "plain",
): Promise<string> {
  const secrets = { access_token: `${provider}-${what}-${randomUUID()}` };
  const [account] = await asOwner<{ id: string }>(
    `insert into crm.connected_accounts (workspace_id, provider, user_id, secrets)
      values ($1, $2, $3, $4) returning id`,
    [workspace.id, provider, userId, await BOX.seal(secrets, workspace.id)],
  );
  return String(account?.id);
}

/** An event in the words of a service, with the same times (UTC). */
export function eventOf(
  provider: Provider,
  title: string,
  start: string,
  end: string,
  isBusy = true,
): Json {
  return provider === "google"
    ? {
      summary: title,
      start: { dateTime: start },
      end: { dateTime: end },
      ...isBusy ? {} : { transparency: "transparent" },
    }
    : {
      subject: title,
      start: { dateTime: start.replace("Z", ""), timeZone: "UTC" },
      end: { dateTime: end.replace("Z", ""), timeZone: "UTC" },
      showAs: isBusy ? "busy" : "free",
    };
}

/** The events of a calendar within a time, as they are answered. */
export async function eventsIn(api: LioClient, provider: string, query: string): Promise<Json[]> {
  const { body, text, status } = await listOf(api, provider, query);
  if (status !== 200) throw new Error(text);
  return body.data;
}

/** The answer to a list of events. */
export function listOf(api: LioClient, provider: string, query: string): Promise<ApiResponse> {
  return api.get(`calendar/${provider}/events?${query}`);
}
