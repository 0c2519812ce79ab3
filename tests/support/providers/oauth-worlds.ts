import type { Email } from "postal-mime";
import type { Account } from "../../../shared/providers/mail/send.ts";
import { afterwards } from "../workspace.ts";
import { gmailApi, refusal as gmailRefusal } from "./gmail-api.ts";
import { type MailProcess, startMailProcess } from "./mail-process.ts";
import { microsoftGraph, refusal as graphRefusal } from "./microsoft-graph.ts";
import type { Answered, StandIn } from "./stand-in.ts";
import { type TokenEndpoint, tokenEndpoint } from "./token-endpoint.ts";

/** Who may renew the access. */
export const CLIENT = {
  clientId: "client-1",
  clientSecret: "client-secret-1",
  refreshToken: "refresh-token-1",
};

/** One provider's API, its stand-ins and a process that sends through them. */
export interface World {
  api: StandIn & { mailbox: Email[] };
  tokens: TokenEndpoint;
  account: Account;
  mailer: MailProcess;
  refusal(status: number, words: string): Answered;
}

/** Gmail. */
export async function gmail(): Promise<World> {
  const tokens = await tokenEndpoint(CLIENT);
  const api = await gmailApi(tokens);
  const mailer = startMailProcess({ GOOGLE_TOKEN_URL: tokens.url, GMAIL_API_URL: api.url });
  afterwards(mailer.stop);
  return {
    api,
    tokens,
    mailer,
    account: { type: "gmail", ...CLIENT },
    refusal: (status, words) => gmailRefusal(status, words, "someReason"),
  };
}

/** Microsoft Graph. */
export async function microsoft(): Promise<World> {
  const tokens = await tokenEndpoint(CLIENT);
  const api = await microsoftGraph(tokens);
  const mailer = startMailProcess({
    MICROSOFT_TOKEN_URL: `${tokens.url}/{tenant}/oauth2/v2.0/token`,
    MICROSOFT_GRAPH_URL: api.url,
  });
  afterwards(mailer.stop);
  return {
    api,
    tokens,
    mailer,
    account: { type: "microsoft", tenant: "contoso.example", ...CLIENT },
    refusal: (status, words) => graphRefusal(status, "ErrorSomeCode", words),
  };
}

/** Providers whose access is by OAuth. */
export const WORLDS = { gmail, microsoft };
export const EACH = Object.keys(WORLDS) as (keyof typeof WORLDS)[];
