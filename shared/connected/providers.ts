import { baseUrl } from "../providers/outgoing/service.ts";
import type { App, Mailer } from "./account.ts";

type Environment = Readonly<Record<string, string | undefined>>;

const NAMES: Readonly<Record<App | Mailer, string>> = {
  slack: "Slack",
  hubspot: "HubSpot",
  google: "Google",
  microsoft: "Microsoft",
  gmail: "Gmail",
  outlook: "Outlook",
  smtp: "The mail server",
};

/** A provider as people know it. */
export function nameOf(provider: App | Mailer): string {
  return NAMES[provider];
}

/** Where a provider's access tokens are renewed (decisions of LIO: 18); null for one without tokens. */
export function tokenUrlOf(
  provider: App | Mailer,
  env: Environment,
  tenant = "common",
): string | null {
  if (provider === "google" || provider === "gmail") {
    return baseUrl(env.GOOGLE_TOKEN_URL, "https://oauth2.googleapis.com/token");
  }
  if (provider === "microsoft" || provider === "outlook") {
    const usual = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token";
    return baseUrl(env.MICROSOFT_TOKEN_URL, usual)
      .replace("{tenant}", encodeURIComponent(tenant));
  }
  if (provider === "hubspot") {
    return `${baseUrl(env.HUBSPOT_API_URL, "https://api.hubapi.com")}/oauth/v1/token`;
  }
  if (provider === "slack") {
    return `${baseUrl(env.SLACK_API_URL, "https://slack.com/api")}/oauth.v2.access`;
  }
  return null;
}
